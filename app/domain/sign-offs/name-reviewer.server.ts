import type { Db } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import { requireOwnSide, type Naming } from '../co-authoring/name-author.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { Conflict } from '../shared/errors';
import { requireNameable } from './signers.server';

/**
 * A manager of an involved organization names who signs for it. NotFound for whoever is neither instructor nor
 * manager there; Conflict `already-reviewer` for whoever is named, on either side.
 */
export async function nameReviewer(db: Db, actor: Actor, input: Naming): Promise<void> {
  const { courseId, organizationId, personId, now } = input;
  await db.transaction().execute(async (trx) => {
    await requireOwnSide(trx, actor, input);
    await requireNameable(trx, organizationId, personId);
    const named = await trx
      .insertInto('course_reviewer')
      .values({
        course_id: courseId,
        person_id: personId,
        organization_id: organizationId,
        named_by: actor.personId,
        named_at: now,
      })
      .onConflict((c) => c.columns(['course_id', 'person_id']).doNothing())
      .executeTakeFirst();
    if (!named.numInsertedOrUpdatedRows) throw new Conflict('already-reviewer');
    await recordAudit(trx, {
      at: now,
      actorId: actor.personId,
      organizationId,
      action: 'name-reviewer',
      subjectType: 'course',
      subjectId: courseId,
      detail: { personId },
    });
  });
}
