import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { NotFound } from '../shared/errors';
import { changeStructure, type StructureChange } from './change-structure.server';
import { reorder } from './reorder';

/**
 * Moves a lesson one place up or down in its chapter, or to the end of another chapter of the same
 * course. StaleSave on an older structure.
 */
export async function moveLesson(
  db: Db,
  actor: Actor,
  input: StructureChange & { lessonId: string; to: 'up' | 'down' | { chapterId: string } },
): Promise<{ version: number }> {
  const { courseId, lessonId, to } = input;
  return changeStructure(db, actor, input, async (trx) => {
    const lesson = await trx
      .selectFrom('lesson')
      .select('chapter_id')
      .where('id', '=', lessonId)
      .where('course_id', '=', courseId)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (!lesson) throw new NotFound();
    if (typeof to === 'string') {
      const ids = await listLessonIds(trx, lesson.chapter_id);
      return place(trx, lesson.chapter_id, reorder(ids, lessonId, to));
    }
    const chapter = await trx
      .selectFrom('chapter')
      .select('id')
      .where('id', '=', to.chapterId)
      .where('course_id', '=', courseId)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (!chapter) throw new NotFound();
    const others = (await listLessonIds(trx, chapter.id)).filter((id) => id !== lessonId);
    return place(trx, chapter.id, [...others, lessonId]);
  });
}

async function listLessonIds(trx: Trx, chapterId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('lesson')
    .select('id')
    .where('chapter_id', '=', chapterId)
    .where('removed_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

async function place(trx: Trx, chapterId: string, ids: string[]): Promise<void> {
  for (const [index, id] of ids.entries()) {
    await trx
      .updateTable('lesson')
      .set({ chapter_id: chapterId, position: index + 1 })
      .where('id', '=', id)
      .execute();
  }
}
