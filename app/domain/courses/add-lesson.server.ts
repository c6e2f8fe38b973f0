import type { Db } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { addLessons } from './add-lessons.server';
import type { NewLesson } from './course-settings';

/** Adds a lesson at the end of a chapter, produced by the author's organization and named after the author. */
export async function addLesson(
  db: Db,
  actor: Actor,
  input: { courseId: string; lesson: NewLesson; now: number },
): Promise<{ lessonId: string }> {
  const { courseId, now, lesson } = input;
  const { chapterId, kind, title } = lesson;
  const added = await addLessons(db, actor, { courseId, chapterId, kind, titles: [title], now });
  return { lessonId: added.lessonIds[0] ?? '' };
}
