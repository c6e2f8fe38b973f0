import type { Db } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requirePartEditor } from '../co-authoring/part-reach.server';
import { changeStructure, type StructureChange } from './change-structure.server';

/**
 * Takes a chapter with its lessons out of the draft; published versions keep them, and so do the
 * class hours studied in them. For those who edit it and every lesson in it. StaleSave on an older structure.
 */
export async function removeChapter(
  db: Db,
  actor: Actor,
  input: StructureChange & { chapterId: string },
): Promise<{ version: number }> {
  return changeStructure(db, actor, input, async (trx) => {
    const { courseId, chapterId } = input;
    await requirePartEditor(trx, actor, { courseId, chapterId });
    const lessons = await trx
      .selectFrom('lesson')
      .select('id')
      .where('chapter_id', '=', chapterId)
      .where('removed_at', 'is', null)
      .execute();
    for (const { id } of lessons) await requirePartEditor(trx, actor, { lessonId: id });
    await trx
      .updateTable('chapter')
      .set({ removed_at: input.now, changed_by: actor.personId, changed_at: input.now })
      .where('id', '=', chapterId)
      .execute();
    await trx
      .updateTable('lesson')
      .set({ removed_at: input.now, updated_by: actor.personId, updated_at: input.now })
      .where('chapter_id', '=', chapterId)
      .where('removed_at', 'is', null)
      .execute();
  });
}
