import {
  Outlet,
  useActionData,
  useLoaderData,
  useLocation,
  useParams,
  useSubmit,
} from '@remix-run/react';
import { requireCourseReader } from '~/domain/co-authoring/course-reach.server';
import { listAuthors, listInvolvedOrganizations } from '~/domain/co-authoring/course-people.server';
import { getCourseDraft } from '~/domain/courses/course-draft.server';
import { plannedClassHours } from '~/domain/courses/planned-hours';
import { getPublicationState } from '~/domain/courses/publish-course.server';
import { listCourseMedia } from '~/domain/media/list-course-media.server';
import { useText } from '~/i18n/locale';
import { courseMessages } from '~/i18n/messages/courses';
import { teachMessages } from '~/i18n/messages/teach';
import { pageTitle } from '~/i18n/page-title';
import { Badge } from '~/ui/badge';
import { IconChevronRight } from '~/ui/icons';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { signedIn } from '~/web/page.server';
import { CourseTree } from './course-tree';
import { PeopleRail } from './people-rail';
import { UploadRail } from './upload-rail';
import { changeContents } from './structure-action.server';
import styles from './editor.module.css';

export const meta = pageTitle(teachMessages, (text) => text.courses.title);

export const loader = signedIn(async ({ params, context, viewer }) => {
  const { db, settings } = context;
  const courseId = params.courseId ?? '';
  const reach = await requireCourseReader(db, viewer, courseId);
  const [draft, publication, organizations, authors, media] = await Promise.all([
    getCourseDraft(db, courseId),
    getPublicationState(db, courseId),
    listInvolvedOrganizations(db, courseId),
    listAuthors(db, courseId),
    listCourseMedia(db, courseId),
  ]);
  return {
    courseId,
    zone: settings.zone,
    mayEdit: reach.authorFor !== undefined,
    mayManage: reach.managerFor.length > 0,
    settings: draft.settings,
    version: draft.version,
    chapters: draft.chapters.map((chapter) => ({
      ...chapter,
      lessons: chapter.lessons.map(({ articleHtml: _text, ...lesson }) => lesson),
    })),
    publication,
    organizations,
    authors,
    media,
  };
});

export type EditorData = ReturnType<typeof useLoaderData<typeof loader>>;

/** What a page inside the editor hands on from it. */
export interface EditorContext {
  editor: EditorData;
}

export const action = signedIn(async ({ request, params, context, viewer }) =>
  changeContents(
    context.db,
    viewer,
    params.courseId ?? '',
    await request.formData(),
    context.clock.now(),
  ),
);

export default function Editor() {
  const editor = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const text = useText(teachMessages);
  const words = useText(courseMessages);
  const { pathname } = useLocation();
  const { courseId, chapters, publication, settings } = editor;
  const lessons = chapters.flatMap((chapter) => chapter.lessons);
  const length = lessons.reduce((sum, lesson) => sum + lesson.durationMs, 0);
  return (
    <div className={styles.editor}>
      <header className={styles.bar}>
        <Link to="/teach/courses">{text.courses.title}</Link>
        <IconChevronRight size={18} aria-hidden="true" />
        <Link className={styles.name} to={`/teach/courses/${courseId}`}>
          {settings.title}
        </Link>
        <Badge tone="plain">
          {publication.last ? words.version(publication.last.number) : text.courses.draft}
        </Badge>
        <Link
          className={`button outlined ${styles.publish}`}
          to={`/teach/courses/${courseId}/publication`}
        >
          {text.editor.publication}
        </Link>
      </header>
      <aside className={styles.tree} aria-label={text.editor.contents}>
        <div className="split">
          <h2>{text.editor.contents}</h2>
          <span className="small second">
            {words.size(chapters.length, lessons.length)} {words.planned(plannedClassHours(length))}
          </span>
        </div>
        <CourseTree editor={editor} answer={answer} pathname={pathname} />
      </aside>
      <section className={styles.work}>
        {editor.mayEdit ? null : <Notice tone="plain">{text.editor.readOnly}</Notice>}
        <Outlet context={{ editor } satisfies EditorContext} />
      </section>
      <aside className={styles.rail} aria-label={text.rail.people}>
        <PeopleRail editor={editor} />
        {editor.mayEdit ? <Uploads editor={editor} /> : null}
      </aside>
    </div>
  );
}

/** The upload rail; where a video lesson is open, it offers to show a video there. */
function Uploads({ editor }: { editor: EditorData }) {
  const { lessonId } = useParams();
  const submit = useSubmit();
  const lesson = editor.chapters
    .flatMap((chapter) => chapter.lessons)
    .find((one) => one.id === lessonId && one.kind === 'video');
  const attach = (mediaId: string) => {
    if (!lesson) return;
    const action = `/teach/courses/${editor.courseId}/lessons/${lesson.id}`;
    const fields = { intent: 'attach-media', version: String(lesson.version), mediaId };
    submit(fields, { method: 'post', action, preventScrollReset: true });
  };
  return (
    <UploadRail
      key={editor.courseId}
      courseId={editor.courseId}
      items={editor.media}
      attachedId={lesson?.mediaId ?? null}
      onAttach={lesson ? attach : undefined}
    />
  );
}
