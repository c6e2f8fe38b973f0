import type { Trx } from '~db/client.server';
import { toClassHours } from '../class-hours/figures';
import { changeStatus } from './change-status.server';

/**
 * Marks enrolled learners as completed who have reached the required class hours and completed every lesson
 * of the class: of one enrollment after its credit changed or an article was read, or of a whole class after
 * its requirements changed. Further study still counts. Answers the enrollments that were completed now.
 */
export async function completeEnrollment(
  trx: Trx,
  input: ({ enrollmentId: string } | { classId: string }) & { now: number },
): Promise<string[]> {
  const candidates = await trx
    .selectFrom('enrollment')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .innerJoin('rule_set_version', 'rule_set_version.id', 'training_class.rule_set_version_id')
    .leftJoin('lesson_total', 'lesson_total.enrollment_id', 'enrollment.id')
    .select((eb) => [
      'enrollment.id',
      'training_class.organization_id',
      'training_class.required_tenths',
      'rule_set_version.minutes_per_class_hour',
      eb.fn
        .coalesce(
          eb.fn.sum<number>(
            eb('lesson_total.credited_ms', '+', eb.ref('lesson_total.corrected_ms')),
          ),
          eb.lit(0),
        )
        .as('credited_ms'),
    ])
    .where('enrollment.status', '=', 'enrolled')
    .where((eb) =>
      'classId' in input
        ? eb('enrollment.class_id', '=', input.classId)
        : eb('enrollment.id', '=', input.enrollmentId),
    )
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('class_course')
          .select('class_course.class_id')
          .whereRef('class_course.class_id', '=', 'training_class.id'),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('class_course')
            .innerJoin(
              'course_version_lesson',
              'course_version_lesson.course_version_id',
              'class_course.course_version_id',
            )
            .leftJoin('lesson_total as done', (join) =>
              join
                .onRef('done.lesson_id', '=', 'course_version_lesson.lesson_id')
                .onRef('done.enrollment_id', '=', 'enrollment.id')
                .on('done.complete', '=', 1),
            )
            .leftJoin('article_reading', (join) =>
              join
                .onRef('article_reading.lesson_id', '=', 'course_version_lesson.lesson_id')
                .onRef('article_reading.enrollment_id', '=', 'enrollment.id'),
            )
            .select('course_version_lesson.lesson_id')
            .whereRef('class_course.class_id', '=', 'training_class.id')
            .where('done.lesson_id', 'is', null)
            .where('article_reading.lesson_id', 'is', null),
        ),
      ),
    )
    .groupBy([
      'enrollment.id',
      'training_class.id',
      'training_class.organization_id',
      'training_class.required_tenths',
      'rule_set_version.minutes_per_class_hour',
    ])
    .orderBy('enrollment.id')
    .execute();
  const completed: string[] = [];
  for (const row of candidates) {
    const hours = toClassHours(Number(row.credited_ms), row.minutes_per_class_hour);
    if (Math.round(hours * 10) < row.required_tenths) continue;
    const won = await trx
      .updateTable('enrollment')
      .set({ status: 'completed' })
      .where('id', '=', row.id)
      .where('status', '=', 'enrolled')
      .executeTakeFirst();
    if (won.numUpdatedRows === 0n) continue;
    await changeStatus(trx, {
      enrollmentId: row.id,
      organizationId: row.organization_id,
      status: 'completed',
      action: 'complete-enrollment',
      byPersonId: null,
      now: input.now,
    });
    completed.push(row.id);
  }
  return completed;
}
