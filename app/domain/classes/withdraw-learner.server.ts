import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { addToRollUps } from '../class-hours/add-to-roll-ups.server';
import type { LessonDay } from '../class-hours/lesson-totals.server';
import { lockLearners } from '../class-hours/lock-learners.server';
import { refoldEnrollments } from '../class-hours/refold-enrollments.server';
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
  input: { classId: string; enrollmentId: string; now: number; zone: string },
): Promise<void> {
  await getManagedClass(db, viewer, input.classId);
  await db.transaction().execute(async (trx) => {
    const { organizationId } = await lockClass(trx, input.classId);
    const found = await trx
      .selectFrom('enrollment')
      .select('person_id')
      .where('id', '=', input.enrollmentId)
      .where('class_id', '=', input.classId)
      .executeTakeFirst();
    if (!found) throw new NotFound();
    // Before the status: whoever stores beats takes the learner first, too.
    const locked = await lockLearners(trx, [found.person_id], input.now);
    const { status } = await trx
      .selectFrom('enrollment')
      .select('status')
      .where('id', '=', input.enrollmentId)
      .executeTakeFirstOrThrow();
    if (status === 'withdrawn') return;
    const now = locked.get(found.person_id)?.moment ?? input.now;
    await changeStatus(trx, {
      enrollmentId: input.enrollmentId,
      organizationId,
      status: 'withdrawn',
      action: 'withdraw-learner',
      byPersonId: viewer.personId,
      now,
    });
    const changes: LessonDay[] = [];
    await refoldEnrollments(trx, [input.enrollmentId], input.zone, now, changes);
    await addToRollUps(trx, changes);
  });
}
