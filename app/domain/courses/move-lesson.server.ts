import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requirePartEditor } from '../co-authoring/part-reach.server';
import { changeStructure, type StructureChange } from './change-structure.server';
import { reorder } from './reorder';

/**
 * Moves a lesson one place up or down in its chapter, or to the end of another chapter of the same
 * course; for those who edit both the lesson and the chapter that it comes into. StaleSave on an older structure.
 */
export async function moveLesson(
  db: Db,
  actor: Actor,
  input: StructureChange & { lessonId: string; to: 'up' | 'down' | { chapterId: string } },
): Promise<{ version: number }> {
  const { courseId, lessonId, to } = input;
  return changeStructure(db, actor, input, async (trx) => {
    const { chapterId: home } = await requirePartEditor(trx, actor, { courseId, lessonId });
    const chapterId = typeof to === 'string' ? home : to.chapterId;
    await requirePartEditor(trx, actor, { courseId, chapterId });
    const ids = await listLessonIds(trx, chapterId);
    if (typeof to === 'string') return place(trx, chapterId, reorder(ids, lessonId, to));
    return place(trx, chapterId, [...ids.filter((id) => id !== lessonId), lessonId]);
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
