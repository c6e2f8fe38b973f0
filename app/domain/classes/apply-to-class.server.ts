import type { Db } from '~db/client.server';
import { dayAt } from '../class-hours/platform-day';
import { Conflict, NotFound } from '../shared/errors';
import { changeStatus } from './change-status.server';
import { addEnrollment, findEnrollment } from './enrollment-row.server';
import { countPlacesTaken, lockClass } from './lock-class.server';

/**
 * A person applies to a class that is open to applications and has not ended; its manager decides. Applying
 * again, or being in it already, changes nothing. Throws NotFound where nobody may apply,
 * Conflict('class-ended') and Conflict('class-full').
 */
export async function applyToClass(
  db: Db,
  input: { classId: string; personId: string; now: number; zone: string },
): Promise<{ enrollmentId: string; changed: boolean }> {
  const { classId, personId, now } = input;
  const today = dayAt(now, input.zone).day;
  return db.transaction().execute(async (trx) => {
    const trainingClass = await lockClass(trx, classId);
    const known = await findEnrollment(trx, classId, personId);
    if (known && known.status !== 'withdrawn') return { enrollmentId: known.id, changed: false };
    if (!trainingClass.openToApplications) throw new NotFound();
    if (trainingClass.endsOn < today) {
      throw new Conflict('class-ended', 'The class is over. Nothing was changed.');
    }
    if ((await countPlacesTaken(trx, classId)) >= trainingClass.capacity) {
      throw new Conflict('class-full', 'Every place of the class is taken. Nothing was changed.');
    }
    const status = 'applied';
    const enrollmentId =
      known?.id ?? (await addEnrollment(trx, { classId, personId, status, now }));
    await changeStatus(trx, {
      enrollmentId,
      organizationId: trainingClass.organizationId,
      status,
      action: 'apply-to-class',
      byPersonId: personId,
      now,
    });
    return { enrollmentId, changed: true };
  });
}
