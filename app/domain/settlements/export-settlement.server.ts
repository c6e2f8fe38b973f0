import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { getManagedClass } from '../classes/get-managed-class.server';
import { getSettlement } from './get-settlement.server';

/** One settlement of a class for export; leaves an audit row. Throws what getManagedClass throws, and NotFound. */
export async function exportSettlement(
  db: Db,
  viewer: Viewer,
  input: { classId: string; number: number; now: number },
): Promise<Awaited<ReturnType<typeof getSettlement>>> {
  const trainingClass = await getManagedClass(db, viewer, input.classId);
  const settlement = await getSettlement(db, trainingClass.id, input.number);
  await recordAudit(db, {
    at: input.now,
    actorId: viewer.personId,
    organizationId: trainingClass.organizationId,
    action: 'export-settlement',
    subjectType: 'class',
    subjectId: input.classId,
    detail: { number: settlement.number, rows: settlement.lines.length },
  });
  return settlement;
}
