import type { Db } from '~db/client.server';
import { holdsRole } from '../accounts/can';
import { recordAudit } from '../audit/record-audit.server';
import { Conflict, Forbidden, NotFound } from '../shared/errors';
import type { Actor } from './course-reach.server';

/**
 * A manager of the invited organization accepts or declines. NotFound where there is no invitation
 * or it is another organization's; Forbidden for its members who are no managers; Conflict
 * `already-answered` when a colleague was first.
 */
export async function answerInvitation(
  db: Db,
  actor: Actor,
  input: { courseId: string; organizationId: string; accept: boolean; now: number },
): Promise<void> {
  const { courseId, organizationId, accept, now } = input;
  if (!holdsRole(actor, organizationId)) throw new NotFound();
  await db.transaction().execute(async (trx) => {
    const asked = await trx
      .selectFrom('course_partner')
      .select('course_id')
      .where('course_id', '=', courseId)
      .where('organization_id', '=', organizationId)
      .executeTakeFirst();
    if (!asked) throw new NotFound();
    if (!holdsRole(actor, organizationId, 'manager')) throw new Forbidden();
    const answered = await trx
      .updateTable('course_partner')
      .set(accept ? { accepted_by: actor.personId, accepted_at: now } : { declined_at: now })
      .where('course_id', '=', courseId)
      .where('organization_id', '=', organizationId)
      .where('accepted_at', 'is', null)
      .where('declined_at', 'is', null)
      .executeTakeFirst();
    if (answered.numUpdatedRows === 0n) throw new Conflict('already-answered');
    await recordAudit(trx, {
      at: now,
      actorId: actor.personId,
      organizationId,
      action: accept ? 'accept-partnership' : 'decline-partnership',
      subjectType: 'course',
      subjectId: courseId,
    });
  });
}
