import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { Conflict, NotFound } from '../shared/errors';
import { changeStatus } from './change-status.server';
import { enrollLearner } from './enroll-learner.server';
import { getManagedClass } from './get-managed-class.server';
import { lockClass } from './lock-class.server';

/**
 * The class's manager approves an application (enrolled) or rejects it (withdrawn; the person may apply
 * again). Deciding the same twice changes nothing. Throws NotFound for an application that is not of this
 * class, Conflict('class-full'), and Conflict('already-decided') where somebody decided otherwise before.
 */
export async function decideApplication(
  db: Db,
  viewer: Viewer,
  input: { classId: string; enrollmentId: string; approve: boolean; now: number },
): Promise<void> {
  await getManagedClass(db, viewer, input.classId);
  await db.transaction().execute(async (trx) => {
    const { organizationId } = await lockClass(trx, input.classId);
    const enrollment = await trx
      .selectFrom('enrollment')
      .select(['status', 'person_id'])
      .where('id', '=', input.enrollmentId)
      .where('class_id', '=', input.classId)
      .executeTakeFirst();
    if (!enrollment) throw new NotFound();
    if (enrollment.status !== 'applied') {
      if (input.approve === (enrollment.status !== 'withdrawn')) return;
      throw new Conflict('already-decided', 'Somebody decided this application before.');
    }
    const byPersonId = viewer.personId;
    if (input.approve) {
      const { person_id: personId } = enrollment;
      await enrollLearner(trx, { classId: input.classId, personId, byPersonId, now: input.now });
      return;
    }
    await changeStatus(trx, {
      enrollmentId: input.enrollmentId,
      organizationId,
      status: 'withdrawn',
      action: 'reject-application',
      byPersonId,
      now: input.now,
    });
  });
}
