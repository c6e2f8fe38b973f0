import type { Db } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requirePartEditor } from '../co-authoring/part-reach.server';
import { changeStructure, type StructureChange } from './change-structure.server';

/** Takes a lesson out of the draft; published versions and class hours keep it. For those who edit it. StaleSave on an older structure. */
export async function removeLesson(
  db: Db,
  actor: Actor,
  input: StructureChange & { lessonId: string },
): Promise<{ version: number }> {
  return changeStructure(db, actor, input, async (trx) => {
    const { courseId, lessonId } = input;
    await requirePartEditor(trx, actor, { courseId, lessonId });
    await trx
      .updateTable('lesson')
      .set({ removed_at: input.now, updated_by: actor.personId, updated_at: input.now })
      .where('id', '=', lessonId)
      .execute();
  });
}
