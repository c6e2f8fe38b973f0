import type { Trx } from '~db/client.server';
import { Conflict } from '../shared/errors';
import { changeStatus } from './change-status.server';
import { addEnrollment, findEnrollment } from './enrollment-row.server';
import { countPlacesTaken, lockClass } from './lock-class.server';

/**
 * Enrolls a person in a class, or brings back one who applied or had withdrawn; one enrollment for ever.
 * Doing it again changes nothing (`changed: false`). Throws Conflict('class-full') when no place is left,
 * NotFound for an unknown class or person. Whoever calls it has checked the right to.
 */
export async function enrollLearner(
  trx: Trx,
  input: { classId: string; personId: string; byPersonId: string | null; now: number },
): Promise<{ enrollmentId: string; changed: boolean }> {
  const trainingClass = await lockClass(trx, input.classId);
  const known = await findEnrollment(trx, input.classId, input.personId);
  if (known?.status === 'enrolled' || known?.status === 'completed') {
    return { enrollmentId: known.id, changed: false };
  }
  if ((await countPlacesTaken(trx, input.classId)) >= trainingClass.capacity) {
    throw new Conflict('class-full', 'Every place of the class is taken. Nothing was changed.');
  }
  const enrollmentId = known?.id ?? (await addEnrollment(trx, { ...input, status: 'enrolled' }));
  await changeStatus(trx, {
    enrollmentId,
    organizationId: trainingClass.organizationId,
    status: 'enrolled',
    action: 'enroll-learner',
    byPersonId: input.byPersonId,
    now: input.now,
  });
  return { enrollmentId, changed: true };
}
