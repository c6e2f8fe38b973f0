import type { Db } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { NotFound } from '../shared/errors';
import { changeStructure, type StructureChange } from './change-structure.server';

/**
 * Takes a chapter with its lessons out of the draft; published versions keep them, and so do the
 * class hours studied in them. StaleSave on an older structure.
 */
export async function removeChapter(
  db: Db,
  actor: Actor,
  input: StructureChange & { chapterId: string },
): Promise<{ version: number }> {
  return changeStructure(db, actor, input, async (trx) => {
    const removed = await trx
      .updateTable('chapter')
      .set({ removed_at: input.now, changed_by: actor.personId, changed_at: input.now })
      .where('id', '=', input.chapterId)
      .where('course_id', '=', input.courseId)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (removed.numUpdatedRows === 0n) throw new NotFound();
    await trx
      .updateTable('lesson')
      .set({ removed_at: input.now, updated_by: actor.personId, updated_at: input.now })
      .where('chapter_id', '=', input.chapterId)
      .where('removed_at', 'is', null)
      .execute();
  });
}
