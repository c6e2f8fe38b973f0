import { sql } from 'kysely';
import type { Db, Trx } from '~db/client.server';

/** The producer of a credited lesson: by the version its class follows, by the lesson where that has it no more. */
export const producerId = sql<string>`coalesce(course_version_lesson.producer_organization_id, lesson.producer_organization_id)`;

/** What a day counts: what the law credited and what decisions added. */
export const countedMs = sql<number>`lesson_day.credited_ms + lesson_day.corrected_ms`;

/** The days of lesson_day, each once, with the class, the rule set and the lesson they belong to. */
export function selectCreditedDays(db: Db | Trx) {
  return db
    .selectFrom('lesson_day')
    .innerJoin('enrollment', 'enrollment.id', 'lesson_day.enrollment_id')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .innerJoin('rule_set_version', 'rule_set_version.id', 'training_class.rule_set_version_id')
    .innerJoin('lesson', 'lesson.id', 'lesson_day.lesson_id')
    .leftJoin('class_course', (join) =>
      join
        .onRef('class_course.class_id', '=', 'enrollment.class_id')
        .onRef('class_course.course_id', '=', 'lesson.course_id'),
    )
    .leftJoin('course_version_lesson', (join) =>
      join
        .onRef('course_version_lesson.course_version_id', '=', 'class_course.course_version_id')
        .onRef('course_version_lesson.lesson_id', '=', 'lesson_day.lesson_id'),
    );
}
