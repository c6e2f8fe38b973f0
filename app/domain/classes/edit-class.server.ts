import type { Db, Trx } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { addToRollUps } from '../class-hours/add-to-roll-ups.server';
import { keepProducers } from '../class-hours/keep-producers.server';
import type { LessonDay } from '../class-hours/lesson-totals.server';
import { refoldEnrollments } from '../class-hours/refold-enrollments.server';
import { Conflict, Invalid } from '../shared/errors';
import type { ClassForm } from './class-form';
import { completeEnrollment } from './complete-enrollment.server';
import { getManagedClass, type ManagedClass } from './get-managed-class.server';
import { listClassCourses } from './list-class-courses.server';
import { listRuleSetVersions } from './list-rule-set-versions.server';
import { listUsableCourses } from './list-usable-courses.server';
import { lockClassLearners } from './lock-class-learners.server';
import { countPlacesTaken, lockClass } from './lock-class.server';

/**
 * Saves a class's settings; its organization stays, courses it has keep their version. New dates are counted
 * at once, in the same transaction. Throws Conflict('stale-class') when somebody saved after `version` was
 * read (nothing is changed), and Invalid (message keys) for fewer places than taken, other rules than those
 * that were counted by, or dates that leave out a day on which somebody studied.
 */
export async function editClass(
  db: Db,
  viewer: Viewer,
  input: { classId: string; version: number; form: ClassForm; now: number; zone: string },
): Promise<void> {
  const { classId, form, now } = input;
  await getManagedClass(db, viewer, classId);
  await db.transaction().execute(async (trx) => {
    await lockClass(trx, classId);
    const before = await getManagedClass(trx, viewer, classId);
    if (before.version !== input.version) {
      throw new Conflict('stale-class', 'Somebody saved this class first. Nothing was changed.');
    }
    const newDates = before.startsOn !== form.startsOn || before.endsOn !== form.endsOn;
    const enrollments = await lockClassLearners(trx, classId, now);
    await refuseWhatWasCounted(trx, before, form);
    const changes: LessonDay[] = [];
    await trx
      .updateTable('training_class')
      .set({
        title: form.title,
        starts_on: form.startsOn,
        ends_on: form.endsOn,
        capacity: form.capacity,
        required_tenths: form.required,
        rule_set_version_id: form.ruleSetVersionId,
        open_to_applications: form.openToApplications ? 1 : 0,
        version: before.version + 1,
      })
      .where('id', '=', classId)
      .execute();
    const moved = await keepProducers(trx, { classId }, () =>
      saveCourses(trx, viewer, before, form.courseIds),
    );
    if (newDates) await refoldEnrollments(trx, enrollments, input.zone, now, changes);
    await completeEnrollment(trx, { classId, now });
    await recordAudit(trx, {
      at: now,
      actorId: viewer.personId,
      organizationId: before.organizationId,
      action: 'edit-class',
      subjectType: 'class',
      subjectId: classId,
      detail: { before: { ...before }, after: { ...form } },
    });
    await addToRollUps(trx, changes, { moved });
  });
}

async function refuseWhatWasCounted(
  trx: Trx,
  before: ManagedClass,
  form: ClassForm,
): Promise<void> {
  if (form.capacity < (await countPlacesTaken(trx, before.id))) {
    throw new Invalid([{ pointer: '/capacity', message: 'below-taken' }]);
  }
  const studied = await trx
    .selectFrom('lesson_day')
    .innerJoin('enrollment', 'enrollment.id', 'lesson_day.enrollment_id')
    .select((eb) => [
      eb.fn.min('lesson_day.day').as('first'),
      eb.fn.max('lesson_day.day').as('last'),
    ])
    .where('enrollment.class_id', '=', before.id)
    .where((eb) =>
      eb.or([eb('lesson_day.spent_ms', '>', 0), eb('lesson_day.corrected_ms', '<>', 0)]),
    )
    .executeTakeFirst();
  if (studied?.first && studied.first < form.startsOn) {
    throw new Invalid([{ pointer: '/startsOn', message: 'studied-outside' }]);
  }
  if (studied?.last && studied.last > form.endsOn) {
    throw new Invalid([{ pointer: '/endsOn', message: 'studied-outside' }]);
  }
  if (form.ruleSetVersionId === before.ruleSetVersionId) return;
  if (studied?.first) {
    throw new Invalid([{ pointer: '/ruleSetVersionId', message: 'rule-set-in-use' }]);
  }
  const switched = await trx
    .selectFrom('class_rule_set')
    .select('id')
    .where('class_id', '=', before.id)
    .limit(1)
    .executeTakeFirst();
  if (switched) {
    throw new Invalid([{ pointer: '/ruleSetVersionId', message: 'rule-set-switched' }]);
  }
  const ruleSets = await listRuleSetVersions(trx);
  if (!ruleSets.some((one) => one.id === form.ruleSetVersionId)) {
    throw new Invalid([{ pointer: '/ruleSetVersionId', message: 'choose-rule-set' }]);
  }
}

async function saveCourses(
  trx: Trx,
  viewer: Viewer,
  before: ManagedClass,
  courseIds: string[],
): Promise<void> {
  const current = await listClassCourses(trx, before.id);
  const usable = await listUsableCourses(trx, viewer, before.organizationId);
  const rows = courseIds.map((courseId, index) => {
    const course =
      current.find((c) => c.courseId === courseId) ?? usable.find((c) => c.courseId === courseId);
    if (!course) throw new Invalid([{ pointer: '/courseIds', message: 'choose-course' }]);
    return {
      class_id: before.id,
      course_id: courseId,
      course_version_id: course.courseVersionId,
      position: index + 1,
    };
  });
  if (new Set(courseIds).size !== rows.length) {
    throw new Invalid([{ pointer: '/courseIds', message: 'choose-course' }]);
  }
  await trx.deleteFrom('class_course').where('class_id', '=', before.id).execute();
  await trx.insertInto('class_course').values(rows).execute();
}
