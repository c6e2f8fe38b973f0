import type { Db } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { Conflict } from '../shared/errors';
import { lockCourse } from '../courses/lock-course.server';
import { requireOpenRequest } from './open-request.server';
import { requireSigner } from './signers.server';

/**
 * Takes an organization's signature back before the candidate is published; for those who sign for it. Conflict
 * `request-closed` when it is not open any more, `not-signed` when there is none to take back.
 */
export async function withdrawSignOff(
  db: Db,
  actor: Actor,
  input: { courseId: string; requestId: string; organizationId: string; now: number },
): Promise<void> {
  const { courseId, organizationId, now } = input;
  await db.transaction().execute(async (trx) => {
    await requireSigner(trx, actor, input);
    await lockCourse(trx, courseId);
    const { parts, number } = await requireOpenRequest(trx, input);
    const part = parts.find((one) => one.organizationId === organizationId);
    const withdrawn = await trx
      .updateTable('sign_off')
      .set({ withdrawn_at: now })
      .where('course_id', '=', courseId)
      .where('organization_id', '=', organizationId)
      .where('hash', '=', part?.hash ?? '')
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst();
    if (withdrawn.numUpdatedRows === 0n) throw new Conflict('not-signed');
    await recordAudit(trx, {
      at: now,
      actorId: actor.personId,
      organizationId,
      action: 'withdraw-sign-off',
      subjectType: 'course',
      subjectId: courseId,
      detail: { number },
    });
  });
}
