import type { Db } from '~db/client.server';
import { addToRollUps } from '../class-hours/add-to-roll-ups.server';
import { foldUnderRules } from '../class-hours/fold-under-rules.server';
import type { LessonDay } from '../class-hours/lesson-totals.server';
import { lockLearners } from '../class-hours/lock-learners.server';
import { refoldLearner } from '../class-hours/refold-learner.server';
import { completeEnrollment } from '../classes/complete-enrollment.server';
import { recordRecount } from './record-recount.server';
import type { RecountStep } from './run-recount.server';
import { saveRecountedLearner } from './save-recounted-learner.server';

/**
 * Counts one learner anew under a decided switch, in one transaction with the record of what it changed. Credit
 * may fall; an enrollment that was completed stays completed.
 */
export async function recountLearner(
  db: Db,
  step: RecountStep,
  decision: { reason: string; decidedBy: string },
): Promise<void> {
  const { personId, zone, given, now } = step;
  await db.transaction().execute(async (trx) => {
    await lockLearners(trx, [personId], now);
    const lessons = await foldUnderRules(trx, personId, zone, given);
    const changes: LessonDay[] = [];
    await refoldLearner(trx, personId, given.fromDay, zone, changes);
    // Where presence is asked for no more, the time since the last check is not to be awaited again.
    await trx
      .updateTable('learner_stream')
      .set((eb) => ({ presence_base_ms: eb.ref('presence_spent_ms') }))
      .where('person_id', '=', personId)
      .whereRef('presence_base_ms', '>', 'presence_spent_ms')
      .execute();
    await recordRecount(trx, lessons, { ...decision, now });
    await saveRecountedLearner(trx, step, lessons, now);
    const enrollments = new Set([step.enrollmentId, ...lessons.map((one) => one.enrollmentId)]);
    for (const enrollmentId of enrollments) await completeEnrollment(trx, { enrollmentId, now });
    await addToRollUps(trx, changes);
  });
}
