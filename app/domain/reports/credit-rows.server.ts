import { sql } from 'kysely';
import type { Db } from '~db/client.server';
import { countedMs, producerId, selectCreditedDays } from '../class-hours/credited-days.server';
import type { ClassHourFilter, ClassHourScope, Grouping } from './class-hour-filter';

/**
 * The credited days that a filter leaves in somebody's reach, each once: a lesson belongs to one course, and
 * the version its class follows now names title and producer (the lesson itself, once it is in no version).
 */
export function selectCredit(db: Db, scope: ClassHourScope, filter: ClassHourFilter) {
  let rows = selectCreditedDays(db).where(countedMs, '<>', 0);
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
  if (filter.producerId) rows = rows.where(producerId, '=', filter.producerId);
  return rows;
}

/** People with a day that counts; where a decision took away more than the law credits, nobody. */
export const countLearner = sql<number>`count(distinct case when ${countedMs} > 0 then enrollment.person_id end)`;

/** The same of one person's days: 1 or 0. */
export const hasLearner = sql<number>`max(case when ${countedMs} > 0 then 1 else 0 end)`;

/** The sum of what days count, in ms. */
export const sumCounted = sql<number>`sum(${countedMs})`;

/** What a row of each grouping is known by. */
export const groupKeys = {
  organization: sql<string>`training_class.organization_id`,
  class: sql<string>`training_class.id`,
  course: sql<string>`lesson.course_id`,
  learner: sql<string>`enrollment.person_id`,
  month: sql<string>`substr(lesson_day.day, 1, 7)`,
  day: sql<string>`lesson_day.day`,
  producer: producerId,
} as const satisfies Record<Grouping, unknown>;
