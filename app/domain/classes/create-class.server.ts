import type { Db } from '~db/client.server';
import { canManage, holdsRole } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { Forbidden, Invalid, NotFound } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import type { ClassForm } from './class-form';
import { listRuleSetVersions } from './list-rule-set-versions.server';
import { listUsableCourses } from './list-usable-courses.server';

/**
 * Opens a class of an organization the viewer manages, its courses at their newest published versions.
 * Throws Invalid (message keys) for a course or rule set that cannot be used, Forbidden for others of the
 * organization, NotFound for outsiders. Answers the class's id.
 */
export async function createClass(
  db: Db,
  viewer: Viewer,
  form: ClassForm,
  now: number,
): Promise<string> {
  const { organizationId } = form;
  if (!canManage(viewer, organizationId)) {
    throw holdsRole(viewer, organizationId) ? new Forbidden() : new NotFound();
  }
  const id = newId();
  await db.transaction().execute(async (trx) => {
    const organization = await trx
      .selectFrom('organization')
      .select('id')
      .where('id', '=', organizationId)
      .executeTakeFirst();
    if (!organization) throw new NotFound();
    const usable = await listUsableCourses(trx, viewer, organizationId);
    const courses = form.courseIds.map((courseId) => usable.find((c) => c.courseId === courseId));
    if (courses.some((c) => !c) || new Set(form.courseIds).size !== courses.length) {
      throw new Invalid([{ pointer: '/courseIds', message: 'choose-course' }]);
    }
    const ruleSets = await listRuleSetVersions(trx);
    if (!ruleSets.some((one) => one.id === form.ruleSetVersionId)) {
      throw new Invalid([{ pointer: '/ruleSetVersionId', message: 'choose-rule-set' }]);
    }
    await trx
      .insertInto('training_class')
      .values({
        id,
        organization_id: organizationId,
        title: form.title,
        starts_on: form.startsOn,
        ends_on: form.endsOn,
        capacity: form.capacity,
        required_tenths: form.required,
        rule_set_version_id: form.ruleSetVersionId,
        open_to_applications: form.openToApplications ? 1 : 0,
        created_by: viewer.personId,
        created_at: now,
        version: 1,
      })
      .execute();
    const rows = courses.flatMap((course, index) =>
      course
        ? [
            {
              class_id: id,
              course_id: course.courseId,
              course_version_id: course.courseVersionId,
              position: index + 1,
            },
          ]
        : [],
    );
    await trx.insertInto('class_course').values(rows).execute();
    await recordAudit(trx, {
      at: now,
      actorId: viewer.personId,
      organizationId,
      action: 'create-class',
      subjectType: 'class',
      subjectId: id,
      detail: { ...form },
    });
  });
  return id;
}
