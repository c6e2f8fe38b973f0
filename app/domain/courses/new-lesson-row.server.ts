import type { Actor } from '../co-authoring/course-reach.server';
import { newId } from '../shared/new-id.server';

/** A lesson as it is added, still empty: produced by the organization its author writes for, named after the author. */
export function newLessonRow(
  lesson: {
    courseId: string;
    chapterId: string;
    position: number;
    kind: 'video' | 'article';
    title: string;
    authorFor: string;
  },
  actor: Actor,
  now: number,
) {
  return {
    id: newId(),
    course_id: lesson.courseId,
    chapter_id: lesson.chapterId,
    position: lesson.position,
    kind: lesson.kind,
    title: lesson.title,
    media_id: null,
    article_html: '',
    producer_organization_id: lesson.authorFor,
    author_id: actor.personId,
    version: 1,
    updated_by: actor.personId,
    updated_at: now,
    removed_at: null,
  };
}
