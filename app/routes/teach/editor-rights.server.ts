import type { CourseReach } from '~/domain/co-authoring/course-reach.server';
import { editsMedia, editsPart, leadsCourse, ownsPart } from '~/domain/co-authoring/part-rights';
import type { CourseDraft } from '~/domain/courses/course-draft.server';
import type { CourseMedia } from '~/domain/media/list-course-media.server';

/** The draft's chapters, without texts, each part with what the reader may do there. */
export function chaptersFor(reach: CourseReach, draft: CourseDraft) {
  return draft.chapters.map((chapter) => ({
    ...chapter,
    mayEdit: editsPart(reach, chapter),
    mayMove: leadsCourse(reach) || editsPart(reach, chapter),
    mayOpen: ownsPart(reach, chapter),
    lessons: chapter.lessons.map(({ articleHtml: _text, ...lesson }) => ({
      ...lesson,
      mayEdit: editsPart(reach, { ...lesson, openToPartners: chapter.openToPartners }),
    })),
  }));
}

/** The course's videos; `own` only for those that the reader changes. */
export function mediaFor(reach: CourseReach, draft: CourseDraft, media: CourseMedia[]) {
  const lessons = draft.chapters.flatMap(({ openToPartners, lessons: all }) =>
    all.map((lesson) => ({ ...lesson, openToPartners })),
  );
  return media.map((one) => {
    const shownIn = lessons.filter((lesson) => lesson.mediaId === one.id);
    const own =
      one.own && reach.authorFor !== undefined && editsMedia(reach, one.organizationId, shownIn);
    return { ...one, own };
  });
}
