import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { getManagedClass } from '../classes/get-managed-class.server';
import { NotFound } from '../shared/errors';
import { newId } from '../shared/new-id.server';

/**
 * Notes that a manager looked at a signal and what they found, with the evidence as it stands; changes no credit.
 * The signal counts as looked at until there is more of it than `measure`, which is what the manager was shown.
 * Leaves an audit row. Throws what getManagedClass throws, and NotFound for a signal that is not of the class.
 */
export async function noteSignal(
  db: Db,
  viewer: Viewer,
  input: { classId: string; signalId: string; measure: number; found: string; now: number },
): Promise<void> {
  const trainingClass = await getManagedClass(db, viewer, input.classId);
  await db.transaction().execute(async (trx) => {
    const signal = await trx
      .selectFrom('signal')
      .selectAll()
      .where('id', '=', input.signalId)
      .where('class_id', '=', trainingClass.id)
      .executeTakeFirst();
    if (!signal) throw new NotFound();
    await trx
      .insertInto('signal_note')
      .values({
        id: newId(),
        signal_id: signal.id,
        enrollment_id: signal.enrollment_id,
        measure: Math.min(input.measure, signal.measure),
        evidence: signal.evidence,
        found: input.found,
        noted_by: viewer.personId,
        noted_at: input.now,
      })
      .execute();
    await recordAudit(trx, {
      at: input.now,
      actorId: viewer.personId,
      organizationId: trainingClass.organizationId,
      action: 'note-signal',
      subjectType: 'enrollment',
      subjectId: signal.enrollment_id,
      detail: { kind: signal.kind, day: signal.day, found: input.found },
    });
  });
}
