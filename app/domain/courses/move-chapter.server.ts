import type { Db } from '~db/client.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { findPart } from '../co-authoring/part-reach.server';
import { editsPart, leadsCourse } from '../co-authoring/part-rights';
import { Forbidden, NotFound } from '../shared/errors';
import { changeStructure, type StructureChange } from './change-structure.server';
import { reorder } from './reorder';

/**
 * Moves a chapter one place up or down; at the edge it stays. For those who edit it, and authors of
 * the lead organization, to whom the order belongs. StaleSave on an older structure.
 */
export async function moveChapter(
  db: Db,
  actor: Actor,
  input: StructureChange & { chapterId: string; direction: 'up' | 'down' },
): Promise<{ version: number }> {
  return changeStructure(db, actor, input, async (trx) => {
    const { courseId, chapterId } = input;
    const reach = await requireAuthor(trx, actor, courseId);
    const chapter = await findPart(trx, { courseId, chapterId });
    if (!chapter) throw new NotFound();
    if (!leadsCourse(reach) && !editsPart(reach, chapter)) throw new Forbidden();
    const rows = await trx
      .selectFrom('chapter')
      .select('id')
      .where('course_id', '=', courseId)
      .where('removed_at', 'is', null)
      .orderBy('position')
      .orderBy('id')
      .execute();
    const ids = rows.map((row) => row.id);
    for (const [index, id] of reorder(ids, chapterId, input.direction).entries()) {
      await trx
        .updateTable('chapter')
        .set({ position: index + 1 })
        .where('id', '=', id)
        .execute();
    }
  });
}
