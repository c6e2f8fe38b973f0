import { sql } from 'kysely';
import type { Db } from '~db/client.server';
import { countedMs } from '../class-hours/credited-days.server';
import type { ClassHourFilter, ClassHourScope, Grouping } from './class-hour-filter';

/**
 * The credited days that a filter leaves in somebody's reach, each once: a lesson belongs to one course, and
 * the version its class follows now names title and producer (the lesson itself, once it is in no version).
 */
export function selectCredit(db: Db, scope: ClassHourScope, filter: ClassHourFilter) {
  let rows = db
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
    )
    .where(countedMs, '<>', 0);
  if (scope !== 'all') {
    rows = rows.where('training_class.organization_id', 'in', scope.organizationIds);
  }
  if (filter.from) rows = rows.where('lesson_day.day', '>=', filter.from);
  if (filter.to) rows = rows.where('lesson_day.day', '<=', filter.to);
  if (filter.organizationId) {
    rows = rows.where('training_class.organization_id', '=', filter.organizationId);
  }
  if (filter.classId) rows = rows.where('enrollment.class_id', '=', filter.classId);
  if (filter.courseId) rows = rows.where('lesson.course_id', '=', filter.courseId);
  if (filter.personId) rows = rows.where('enrollment.person_id', '=', filter.personId);
  if (filter.producerId) rows = rows.where(producer, '=', filter.producerId);
  return rows;
}

const producer = sql<string>`coalesce(course_version_lesson.producer_organization_id, lesson.producer_organization_id)`;

/** What a row of each grouping is known by. */
export const groupKeys = {
  organization: sql<string>`training_class.organization_id`,
  class: sql<string>`training_class.id`,
  course: sql<string>`lesson.course_id`,
  learner: sql<string>`enrollment.person_id`,
  month: sql<string>`substr(lesson_day.day, 1, 7)`,
  day: sql<string>`lesson_day.day`,
  producer,
} as const satisfies Record<Grouping, unknown>;
