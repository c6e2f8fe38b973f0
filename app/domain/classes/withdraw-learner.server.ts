import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { NotFound } from '../shared/errors';
import { changeStatus } from './change-status.server';
import { getManagedClass } from './get-managed-class.server';
import { lockClass } from './lock-class.server';

/**
 * The class's manager takes a learner out from now on. What was credited stays; enrolling them again goes
 * on from it. Doing it again changes nothing. Throws NotFound for an enrollment that is not of this class.
 */
export async function withdrawLearner(
  db: Db,
  viewer: Viewer,
  input: { classId: string; enrollmentId: string; now: number },
): Promise<void> {
  await getManagedClass(db, viewer, input.classId);
  await db.transaction().execute(async (trx) => {
    const { organizationId } = await lockClass(trx, input.classId);
    const enrollment = await trx
      .selectFrom('enrollment')
      .select('status')
      .where('id', '=', input.enrollmentId)
      .where('class_id', '=', input.classId)
      .executeTakeFirst();
    if (!enrollment) throw new NotFound();
    if (enrollment.status === 'withdrawn') return;
    await changeStatus(trx, {
      enrollmentId: input.enrollmentId,
      organizationId,
      status: 'withdrawn',
      action: 'withdraw-learner',
      byPersonId: viewer.personId,
      now: input.now,
    });
  });
}
