import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { getManagedClass } from '../classes/get-managed-class.server';
import { tellLearner } from '../classes/tell-learner.server';
import { Conflict, NotFound } from '../shared/errors';
import { addCorrection } from './add-correction.server';
import { lockLearners } from './lock-learners.server';

/** What a manager decides; an accepted appeal names the day and the signed ms that are put right. */
export type Decision =
  | { decision: 'accepted'; day: string; ms: number; reason: string }
  | { decision: 'declined'; reason: string };

/**
 * The class's manager answers an appeal, once, and the learner is told: accepting it writes the correction in the same
 * transaction. Throws
 * NotFound for an appeal of another class, Conflict('already-decided') after the first answer, and what
 * `addCorrection` and `getManagedClass` throw. `now` is epoch ms.
 */
export async function decideAppeal(
  db: Db,
  viewer: Viewer,
  input: { classId: string; appealId: string; decided: Decision },
  { zone, now }: { zone: string; now: number },
): Promise<void> {
  const { organizationId } = await getManagedClass(db, viewer, input.classId);
  const appeal = await db
    .selectFrom('appeal')
    .innerJoin('enrollment', 'enrollment.id', 'appeal.enrollment_id')
    .select([
      'appeal.enrollment_id as enrollmentId',
      'appeal.lesson_id as lessonId',
      'enrollment.person_id as personId',
    ])
    .where('appeal.id', '=', input.appealId)
    .where('enrollment.class_id', '=', input.classId)
    .executeTakeFirst();
  if (!appeal) throw new NotFound();
  const { enrollmentId, lessonId, personId } = appeal;
  const { decided } = input;
  await db.transaction().execute(async (trx) => {
    const moment = (await lockLearners(trx, [personId], now)).get(personId)?.moment ?? now;
    const won = await trx
      .updateTable('appeal')
      .set({
        decided_at: moment,
        decided_by: viewer.personId,
        decision: decided.decision,
        answer: decided.reason,
      })
      .where('id', '=', input.appealId)
      .where('decided_at', 'is', null)
      .executeTakeFirst();
    if (won.numUpdatedRows === 0n) {
      throw new Conflict('already-decided', 'Somebody answered this appeal before.');
    }
    await recordAudit(trx, {
      at: moment,
      actorId: viewer.personId,
      organizationId,
      action: 'decide-appeal',
      subjectType: 'enrollment',
      subjectId: enrollmentId,
      detail: { lessonId, decision: decided.decision, reason: decided.reason },
    });
    if (decided.decision === 'declined') {
      await tellLearner(trx, {
        ...{ enrollmentId, sentBy: viewer.personId, body: decided.reason, now: moment },
        about: { appealId: input.appealId, correctionId: null },
      });
      return;
    }
    const { day, ms, reason } = decided;
    const { appealId } = input;
    const decidedBy = viewer.personId;
    await addCorrection(trx, {
      ...{ enrollmentId, lessonId, day, ms, reason, appealId, decidedBy },
      now: moment,
      zone,
    });
  });
}
