import type { Db } from '~db/client.server';
import { requireCourseReader, type Actor } from '../co-authoring/course-reach.server';
import { Conflict, NotFound } from '../shared/errors';
import { getLessonDraft, type LessonDraft } from './lesson-draft.server';
import { isMediaOf } from './media-of-course.server';

/** A lesson with a video, and the one that could take its place. */
export interface ReplacedVideo {
  lesson: LessonDraft & { media: NonNullable<LessonDraft['media']> };
  next: { id: string; filename: string; durationMs: number };
}

/**
 * What is looked at before a lesson gets another video, by whoever may read the draft. NotFound where the lesson shows none yet or
 * this one already; Conflict `not-watchable` while the length of the new one is not known.
 */
export async function getReplacedVideo(
  db: Db,
  actor: Actor,
  input: { courseId: string; lessonId: string; mediaId: string },
): Promise<ReplacedVideo> {
  const { courseId, lessonId, mediaId } = input;
  await requireCourseReader(db, actor, courseId);
  const { media, ...lesson } = await getLessonDraft(db, courseId, lessonId);
  const next = await db
    .selectFrom('media')
    .select(['id', 'filename', 'state', 'duration_ms'])
    .where('id', '=', mediaId)
    .where(isMediaOf(courseId))
    .executeTakeFirst();
  if (!media || !next || next.id === media.id) throw new NotFound();
  if (next.state !== 'playable' && next.state !== 'ready') {
    throw new Conflict('not-watchable', 'This video cannot be watched yet.');
  }
  const { id, filename, duration_ms: durationMs } = next;
  return { lesson: { ...lesson, media }, next: { id, filename, durationMs } };
}
