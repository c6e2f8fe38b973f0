import type { Db } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { NotFound } from '../shared/errors';
import { changeStructure, type StructureChange } from './change-structure.server';
import { reorder } from './reorder';

/** Moves a chapter one place up or down; at the edge it stays. StaleSave on an older structure. */
export async function moveChapter(
  db: Db,
  actor: Actor,
  input: StructureChange & { chapterId: string; direction: 'up' | 'down' },
): Promise<{ version: number }> {
  return changeStructure(db, actor, input, async (trx) => {
    const rows = await trx
      .selectFrom('chapter')
      .select('id')
      .where('course_id', '=', input.courseId)
      .where('removed_at', 'is', null)
      .orderBy('position')
      .orderBy('id')
      .execute();
    const ids = rows.map((row) => row.id);
    if (!ids.includes(input.chapterId)) throw new NotFound();
    for (const [index, id] of reorder(ids, input.chapterId, input.direction).entries()) {
      await trx
        .updateTable('chapter')
        .set({ position: index + 1 })
        .where('id', '=', id)
        .execute();
    }
  });
}
