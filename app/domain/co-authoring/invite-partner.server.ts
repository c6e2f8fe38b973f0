import type { Db } from '~db/client.server';
import { holdsRole } from '../accounts/can';
import { recordAudit } from '../audit/record-audit.server';
import { Conflict, Forbidden, NotFound } from '../shared/errors';
import { getCourseReach, type Actor } from './course-reach.server';

/**
 * A manager of the lead organization asks another organization to make the course together. Asking
 * again after a refusal is allowed; Conflict `already-partner` or `already-invited` otherwise.
 */
export async function invitePartner(
  db: Db,
  actor: Actor,
  input: { courseId: string; organizationId: string; now: number },
): Promise<void> {
  const { courseId, organizationId, now } = input;
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
      .select('declined_at')
      .where('course_id', '=', courseId)
      .where('organization_id', '=', organizationId)
      .executeTakeFirst();
    if (asked && asked.declined_at === null) throw new Conflict('already-invited');
    const invitation = {
      invited_by: actor.personId,
      invited_at: now,
      accepted_by: null,
      accepted_at: null,
      declined_at: null,
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
      detail: { organizationId },
    });
  });
}
