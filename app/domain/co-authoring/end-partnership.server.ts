import type { Db, Trx } from '~db/client.server';
import { holdsRole } from '../accounts/can';
import { recordAudit } from '../audit/record-audit.server';
import { Conflict, Forbidden, NotFound } from '../shared/errors';
import { getCourseReach, type Actor } from './course-reach.server';

/**
 * Ends an accepted partnership: a manager of the partner leaves, or one of the lead organization ends it. Its authors
 * and reviewers lose their rights at once; what it produced stays under its name, and the lead organization answers
 * for it. Forbidden for other insiders, NotFound for outsiders and for an organization that is no partner.
 */
export async function endPartnership(
  db: Db,
  actor: Actor,
  input: { courseId: string; organizationId: string; now: number },
): Promise<void> {
  const { courseId, organizationId, now } = input;
  await db.transaction().execute(async (trx) => {
    const { leadOrganizationId, organizationIds } = await getCourseReach(trx, actor, courseId);
    const isPartner = organizationId !== leadOrganizationId;
    if (!isPartner || !organizationIds.includes(organizationId)) throw new NotFound();
    const leaves = holdsRole(actor, organizationId, 'manager');
    if (!leaves && !holdsRole(actor, leadOrganizationId, 'manager')) throw new Forbidden();
    if (!(await end(trx, { ...input, by: actor.personId }))) throw new Conflict('already-left');
    await recordAudit(trx, {
      at: now,
      actorId: actor.personId,
      organizationId: leaves ? organizationId : leadOrganizationId,
      action: leaves ? 'leave-partnership' : 'end-partnership',
      subjectType: 'course',
      subjectId: courseId,
      detail: { organizationId },
    });
  });
}

/** Ends every partnership whose last day is before `today`, in the name of the platform. */
export async function endPassedPartnerships(db: Db, today: string, now: number): Promise<void> {
  const passed = await db
    .selectFrom('course_partner')
    .select(['course_id as courseId', 'organization_id as organizationId', 'ends_on as endsOn'])
    .where('accepted_at', 'is not', null)
    .where('left_at', 'is', null)
    .where('ends_on', '<', today)
    .execute();
  for (const { endsOn, ...partner } of passed) {
    await db.transaction().execute(async (trx) => {
      if (!(await end(trx, { ...partner, by: null, now }))) return;
      await recordAudit(trx, {
        at: now,
        actorId: null,
        organizationId: partner.organizationId,
        action: 'end-partnership',
        subjectType: 'course',
        subjectId: partner.courseId,
        detail: { organizationId: partner.organizationId, endsOn },
      });
    });
  }
}

async function end(
  trx: Trx,
  partner: { courseId: string; organizationId: string; by: string | null; now: number },
): Promise<boolean> {
  const ended = await trx
    .updateTable('course_partner')
    .set({ left_at: partner.now, left_by: partner.by })
    .where('course_id', '=', partner.courseId)
    .where('organization_id', '=', partner.organizationId)
    .where('accepted_at', 'is not', null)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}
