import type { Db } from '~db/client.server';
import { holdsRole } from '../accounts/can';
import { recordAudit } from '../audit/record-audit.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { Forbidden, NotFound } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import type { NewCourse } from './course-settings';

/** An instructor starts a course for their organization, which leads it, and becomes its first author. */
export async function createCourse(
  db: Db,
  actor: Actor,
  input: NewCourse,
  now: number,
): Promise<{ courseId: string }> {
  const { organizationId, ...settings } = input;
  if (!holdsRole(actor, organizationId)) throw new NotFound();
  if (!holdsRole(actor, organizationId, 'instructor')) throw new Forbidden();
  const courseId = newId();
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('course')
      .values({
        id: courseId,
        ...settings,
        lead_organization_id: organizationId,
        created_by: actor.personId,
        created_at: now,
        version: 1,
      })
      .execute();
    await trx
      .insertInto('course_author')
      .values({
        course_id: courseId,
        person_id: actor.personId,
        organization_id: organizationId,
        named_by: actor.personId,
        named_at: now,
      })
      .execute();
    await recordAudit(trx, {
      at: now,
      actorId: actor.personId,
      organizationId,
      action: 'create-course',
      subjectType: 'course',
      subjectId: courseId,
      detail: { title: settings.title },
    });
  });
  return { courseId };
}
