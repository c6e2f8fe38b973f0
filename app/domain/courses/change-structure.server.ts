import type { Db, Trx } from '~db/client.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { withOutlineRevision } from '../revisions/keep-revisions.server';
import { staleCourse } from './save-course-settings.server';

export interface StructureChange {
  courseId: string;
  /** The course version the author saw. */
  version: number;
  now: number;
}

/**
 * Runs a move or a removal on exactly the structure the author saw: the course's version grows by
 * one, or StaleSave is thrown and nothing moves.
 */
export async function changeStructure(
  db: Db,
  actor: Actor,
  change: StructureChange,
  apply: (trx: Trx) => Promise<void>,
): Promise<{ version: number }> {
  const { courseId, version, now } = change;
  return db.transaction().execute(async (trx) => {
    const { authorFor } = await requireAuthor(trx, actor, courseId);
    const by = { personId: actor.personId, organizationId: authorFor, now };
    return withOutlineRevision(trx, courseId, by, async () => {
      const moved = await trx
        .updateTable('course')
        .set({ version: version + 1, changed_by: actor.personId, changed_at: now })
        .where('id', '=', courseId)
        .where('version', '=', version)
        .executeTakeFirst();
      if (moved.numUpdatedRows === 0n) throw await staleCourse(trx, courseId);
      await apply(trx);
      return { version: version + 1 };
    });
  });
}
