import type { Db } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { NotFound } from '../shared/errors';
import { changeStructure, type StructureChange } from './change-structure.server';

/** Takes a lesson out of the draft; published versions and class hours keep it. StaleSave on an older structure. */
export async function removeLesson(
  db: Db,
  actor: Actor,
  input: StructureChange & { lessonId: string },
): Promise<{ version: number }> {
  return changeStructure(db, actor, input, async (trx) => {
    const removed = await trx
      .updateTable('lesson')
      .set({ removed_at: input.now, updated_by: actor.personId, updated_at: input.now })
      .where('id', '=', input.lessonId)
      .where('course_id', '=', input.courseId)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (removed.numUpdatedRows === 0n) throw new NotFound();
  });
}
