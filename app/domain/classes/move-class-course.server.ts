import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { addToRollUps } from '../class-hours/add-to-roll-ups.server';
import { keepProducers } from '../class-hours/keep-producers.server';
import { Conflict, NotFound } from '../shared/errors';
import { completeEnrollment } from './complete-enrollment.server';
import { getManagedClass } from './get-managed-class.server';
import { listClassCourses } from './list-class-courses.server';
import { lockClassLearners } from './lock-class-learners.server';
import { lockClass } from './lock-class.server';

/**
 * Moves one course of a class to its newest published version. Lessons keep their identity, so what learners
 * have in them is kept. Throws Conflict('stale-class') when somebody saved after `version` was read, NotFound
 * where there is no newer version.
 */
export async function moveClassCourse(
  db: Db,
  viewer: Viewer,
  input: { classId: string; courseId: string; version: number; now: number },
): Promise<void> {
  const { classId, courseId, now } = input;
  await getManagedClass(db, viewer, classId);
  await db.transaction().execute(async (trx) => {
    await lockClass(trx, classId);
    const before = await getManagedClass(trx, viewer, classId);
    if (before.version !== input.version) {
      throw new Conflict('stale-class', 'Somebody saved this class first. Nothing was changed.');
    }
    await lockClassLearners(trx, classId, now);
    const course = (await listClassCourses(trx, classId)).find((c) => c.courseId === courseId);
    if (!course?.newer) throw new NotFound();
    const { courseVersionId } = course.newer;
    await trx
      .updateTable('training_class')
      .set({ version: before.version + 1 })
      .where('id', '=', classId)
      .execute();
    const moved = await keepProducers(trx, { classId }, () =>
      trx
        .updateTable('class_course')
        .set({ course_version_id: courseVersionId })
        .where('class_id', '=', classId)
        .where('course_id', '=', courseId)
        .execute(),
    );
    await completeEnrollment(trx, { classId, now });
    await recordAudit(trx, {
      at: now,
      actorId: viewer.personId,
      organizationId: before.organizationId,
      action: 'move-class-course',
      subjectType: 'class',
      subjectId: classId,
      detail: { courseId, from: course.number, to: course.newer.number },
    });
    await addToRollUps(trx, [], { moved });
  });
}
