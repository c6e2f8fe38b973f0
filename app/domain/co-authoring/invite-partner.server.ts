import type { Db } from '~db/client.server';
import { holdsRole } from '../accounts/can';
import { recordAudit } from '../audit/record-audit.server';
import { Conflict, Forbidden, NotFound } from '../shared/errors';
import { getCourseReach, type Actor } from './course-reach.server';
import type { InvitationTerms } from './invitation-form';

/**
 * A manager of the lead organization asks another organization to make the course together, in
 * its own words. Asking again after a refusal, or after it left, is allowed; Conflict `already-partner` or `already-invited` otherwise.
 */
export async function invitePartner(
  db: Db,
  actor: Actor,
  input: { courseId: string; organizationId: string; now: number } & Partial<InvitationTerms>,
): Promise<void> {
  const { courseId, organizationId, now, message = '', chapters = [], endsOn = null } = input;
  await db.transaction().execute(async (trx) => {
    const reach = await getCourseReach(trx, actor, courseId);
    if (!holdsRole(actor, reach.leadOrganizationId, 'manager')) throw new Forbidden();
    const invited = await trx
      .selectFrom('organization')
      .select(['id', 'kind'])
      .where('id', '=', organizationId)
      .executeTakeFirst();
    if (!invited || invited.kind === 'bureau') throw new NotFound();
    if (reach.organizationIds.includes(organizationId)) throw new Conflict('already-partner');
    const asked = await trx
      .selectFrom('course_partner')
      .select(['declined_at', 'left_at'])
      .where('course_id', '=', courseId)
      .where('organization_id', '=', organizationId)
      .executeTakeFirst();
    if (asked && asked.declined_at === null && asked.left_at === null)
      throw new Conflict('already-invited');
    const invitation = {
      invited_by: actor.personId,
      invited_at: now,
      accepted_by: null,
      accepted_at: null,
      declined_at: null,
      ...{ message, chapters: JSON.stringify(chapters), ends_on: endsOn },
      ...{ decline_reason: '', left_at: null, left_by: null },
    };
    await trx
      .insertInto('course_partner')
      .values({ course_id: courseId, organization_id: organizationId, ...invitation })
      .onConflict((c) => c.columns(['course_id', 'organization_id']).doUpdateSet(invitation))
      .execute();
    await recordAudit(trx, {
      at: now,
      actorId: actor.personId,
      organizationId: reach.leadOrganizationId,
      action: 'invite-partner',
      subjectType: 'course',
      subjectId: courseId,
      detail: { organizationId, message, chapters, endsOn },
    });
  });
}
