import type { Db } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import { requireOwnSide, type Naming } from '../co-authoring/name-author.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { NotFound } from '../shared/errors';

/** A manager of their organization takes a reviewer off the course; what they signed stays signed. */
export async function releaseReviewer(db: Db, actor: Actor, input: Naming): Promise<void> {
  const { courseId, organizationId, personId, now } = input;
  await db.transaction().execute(async (trx) => {
    await requireOwnSide(trx, actor, input);
    const released = await trx
      .deleteFrom('course_reviewer')
      .where('course_id', '=', courseId)
      .where('organization_id', '=', organizationId)
      .where('person_id', '=', personId)
      .executeTakeFirst();
    if (released.numDeletedRows === 0n) throw new NotFound();
    await recordAudit(trx, {
      at: now,
      actorId: actor.personId,
      organizationId,
      action: 'release-reviewer',
      subjectType: 'course',
      subjectId: courseId,
      detail: { personId },
    });
  });
}
