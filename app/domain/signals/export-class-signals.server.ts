import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { getManagedClass, type ManagedClass } from '../classes/get-managed-class.server';
import { listClassSignals, type ListedSignal } from './list-class-signals.server';
import type { SignalFilter } from './signal-filter';

/** Names are looked up by id, in statements that both engines take. */
const AT_ONCE = 500;

/** All signals of a class that the filter shows, for export; leaves an audit row. Throws what getManagedClass throws. */
export async function exportClassSignals(
  db: Db,
  viewer: Viewer,
  input: { classId: string; filter: SignalFilter; now: number },
): Promise<{ trainingClass: ManagedClass; signals: ListedSignal[] }> {
  const trainingClass = await getManagedClass(db, viewer, input.classId);
  const { classId, filter } = input;
  const signals: ListedSignal[] = [];
  for (;;) {
    const offset = signals.length;
    const part = await listClassSignals(db, viewer, { classId, filter, limit: AT_ONCE, offset });
    signals.push(...part);
    if (part.length < AT_ONCE) break;
  }
  await recordAudit(db, {
    at: input.now,
    actorId: viewer.personId,
    organizationId: trainingClass.organizationId,
    action: 'export-class-signals',
    subjectType: 'class',
    subjectId: classId,
    detail: { kind: filter.kind, show: filter.show, rows: signals.length },
  });
  return { trainingClass, signals };
}
