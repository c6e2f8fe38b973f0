import type { Trx } from '~db/client.server';
import type { EnrollmentStatus } from '~db/tables/classes';
import { recordAudit } from '../audit/record-audit.server';
import { newId } from '../shared/new-id.server';

/**
 * Gives an enrollment its next status, dated, with its audit row. The caller holds the class's lock and has
 * checked that the step makes sense. Never dated before the status it follows: a moment does not run back.
 */
export async function changeStatus(
  trx: Trx,
  change: {
    enrollmentId: string;
    organizationId: string;
    status: EnrollmentStatus;
    action: string;
    byPersonId: string | null;
    now: number;
  },
): Promise<void> {
  // Only of those who studied here: a roster takes many, in its own order, and must not lock others' learners out.
  await trx
    .updateTable('learner_stream')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('person_id', '=', (eb) =>
      eb
        .selectFrom('watch_session')
        .select('person_id')
        .where('enrollment_id', '=', change.enrollmentId)
        .limit(1),
    )
    .execute();
  const last = await trx
    .selectFrom('enrollment_status')
    .select((eb) => eb.fn.max('from_at').as('at'))
    .where('enrollment_id', '=', change.enrollmentId)
    .executeTakeFirst();
  await trx
    .updateTable('enrollment')
    .set({ status: change.status })
    .where('id', '=', change.enrollmentId)
    .execute();
  await trx
    .insertInto('enrollment_status')
    .values({
      id: newId(),
      enrollment_id: change.enrollmentId,
      status: change.status,
      from_at: Math.max(change.now, last?.at ?? 0),
      by_person_id: change.byPersonId,
    })
    .execute();
  await recordAudit(trx, {
    at: change.now,
    actorId: change.byPersonId,
    organizationId: change.organizationId,
    action: change.action,
    subjectType: 'enrollment',
    subjectId: change.enrollmentId,
    detail: { status: change.status },
  });
}
