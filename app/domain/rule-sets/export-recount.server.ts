import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { getManagedClass } from '../classes/get-managed-class.server';
import { NotFound } from '../shared/errors';
import { findRecount, listRecountRows, type Recount, type RecountRow } from './get-recount.server';

/** All learners of a recount with their sums, for export; leaves an audit row. Throws what getManagedClass throws. */
export async function exportRecount(
  db: Db,
  viewer: Viewer,
  input: { classId: string; recountId: string; now: number },
): Promise<{ recount: Recount; rows: RecountRow[]; minutesPerClassHour: number }> {
  const trainingClass = await getManagedClass(db, viewer, input.classId);
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const recount = await findRecount(trx, trainingClass, input.recountId);
      if (!recount) throw new NotFound();
      const rows = await listRecountRows(trx, recount.id, trainingClass);
      await recordAudit(trx, {
        at: input.now,
        actorId: viewer.personId,
        organizationId: trainingClass.organizationId,
        action: 'export-recount',
        subjectType: 'class',
        subjectId: trainingClass.id,
        detail: { recountId: recount.id, rows: rows.length },
      });
      return { recount, rows, minutesPerClassHour: trainingClass.minutesPerClassHour };
    });
}
