import type { Db, Trx } from '~db/client.server';
import { holdsRole } from '../accounts/can';
import { recordAudit } from '../audit/record-audit.server';
import { Conflict, Forbidden, NotFound } from '../shared/errors';
import { getCourseReach, type Actor, type CourseReach } from './course-reach.server';

export interface Naming {
  courseId: string;
  /** The involved organization for which the person writes. */
  organizationId: string;
  personId: string;
  now: number;
}

/**
 * A manager of an involved organization names one of its instructors an author. NotFound for
 * whoever is no instructor there; Conflict `already-author` for whoever is named, on either side.
 */
export async function nameAuthor(db: Db, actor: Actor, input: Naming): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await requireOwnSide(trx, actor, input);
    const instructor = await trx
      .selectFrom('membership')
      .select('id')
      .where('organization_id', '=', input.organizationId)
      .where('person_id', '=', input.personId)
      .where('role', '=', 'instructor')
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (!instructor) throw new NotFound();
    const named = await trx
      .insertInto('course_author')
      .values({
        course_id: input.courseId,
        person_id: input.personId,
        organization_id: input.organizationId,
        named_by: actor.personId,
        named_at: input.now,
      })
      .onConflict((c) => c.columns(['course_id', 'person_id']).doNothing())
      .executeTakeFirst();
    if (!named.numInsertedOrUpdatedRows) throw new Conflict('already-author');
    await recordNaming(trx, actor, input, 'name-author');
  });
}

/** Outsiders get NotFound; insiders who do not manage this side of the course Forbidden. */
export async function requireOwnSide(trx: Trx, actor: Actor, input: Naming): Promise<CourseReach> {
  const reach = await getCourseReach(trx, actor, input.courseId);
  if (!reach.organizationIds.includes(input.organizationId)) throw new NotFound();
  if (!holdsRole(actor, input.organizationId, 'manager')) throw new Forbidden();
  return reach;
}

/** Who named or released whom, for the audit log. */
export async function recordNaming(
  trx: Trx,
  actor: Actor,
  input: Naming,
  action: 'name-author' | 'release-author',
): Promise<void> {
  await recordAudit(trx, {
    at: input.now,
    actorId: actor.personId,
    organizationId: input.organizationId,
    action,
    subjectType: 'course',
    subjectId: input.courseId,
    detail: { personId: input.personId },
  });
}
