import type { Db } from '~db/client.server';
import { holdsRole } from '../accounts/can';
import { recordAudit } from '../audit/record-audit.server';
import { appendChapters } from '../courses/append-chapters.server';
import { Conflict, Forbidden, NotFound } from '../shared/errors';
import type { Actor } from './course-reach.server';

/**
 * A manager of the invited organization accepts, and the chapters it was asked for become its own, still empty; or
 * declines, perhaps saying why. NotFound where there is no invitation
 * or it is another organization's; Forbidden for its members who are no managers; Conflict
 * `already-answered` when a colleague was first.
 */
export async function answerInvitation(
  db: Db,
  actor: Actor,
  input: {
    courseId: string;
    organizationId: string;
    accept: boolean;
    reason?: string;
    now: number;
  },
): Promise<void> {
  const { courseId, organizationId, accept, reason = '', now } = input;
  if (!holdsRole(actor, organizationId)) throw new NotFound();
  const by = { personId: actor.personId, now };
  await db.transaction().execute(async (trx) => {
    const asked = await trx
      .selectFrom('course_partner')
      .select('chapters')
      .where('course_id', '=', courseId)
      .where('organization_id', '=', organizationId)
      .executeTakeFirst();
    if (!asked) throw new NotFound();
    if (!holdsRole(actor, organizationId, 'manager')) throw new Forbidden();
    const answered = await trx
      .updateTable('course_partner')
      .set(
        accept
          ? { accepted_by: by.personId, accepted_at: now }
          : { declined_at: now, decline_reason: reason },
      )
      .where('course_id', '=', courseId)
      .where('organization_id', '=', organizationId)
      .where('accepted_at', 'is', null)
      .where('declined_at', 'is', null)
      .executeTakeFirst();
    if (answered.numUpdatedRows === 0n) throw new Conflict('already-answered');
    const titles = accept ? (JSON.parse(asked.chapters) as string[]) : [];
    if (titles.length > 0) {
      await appendChapters(trx, { courseId, organizationId, titles, ...by });
    }
    await recordAudit(trx, {
      at: now,
      actorId: actor.personId,
      organizationId,
      action: accept ? 'accept-partnership' : 'decline-partnership',
      subjectType: 'course',
      subjectId: courseId,
      detail: accept ? { chapters: titles } : { reason },
    });
  });
}
