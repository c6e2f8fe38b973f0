import type { ClassHourFilter, ClassHourScope, Grouping } from './class-hour-filter';

/** Which class hours, added up by what; without `by`, in one figure. */
export interface Question {
  by?: Grouping;
  filter: ClassHourFilter;
  scope: ClassHourScope;
}

/** What credit can be added up from, the coarsest first; `lesson_day` is the ledger itself. */
export type CreditSource = 'organization_day' | 'producer_day' | 'class_day' | 'lesson_day';

/** What people can be counted from, the coarsest first. */
export type LearnerSource = 'learner_count' | 'learner_month' | 'lesson_day';

/** Months `2026-11`, both included; one that is left out is open. */
export interface Months {
  first?: string;
  last?: string;
}

/**
 * The coarsest table that tells the parts asked for apart. `organization_day` knows the classes' organizations,
 * `class_day` the classes, `producer_day` the producers of lessons, but not in whose classes they were studied.
 */
export function chooseCreditSource({ by, filter, scope }: Question): CreditSource {
  if (by === 'course' || by === 'learner' || filter.courseId || filter.personId)
    return 'lesson_day';
  const byClass = by === 'class' || filter.classId !== undefined;
  if (by === 'producer' || filter.producerId) {
    const ofAny = scope === 'all' && by !== 'organization' && !byClass && !filter.organizationId;
    return ofAny ? 'producer_day' : 'lesson_day';
  }
  return byClass ? 'class_day' : 'organization_day';
}

/**
 * The coarsest table that counts the people: they are known by month and by organization or producer, and counted
 * for one of each or all; people of several are one person, so that counts do not add up.
 */
export function chooseLearnerSource(question: Question): LearnerSource {
  const { by, filter } = question;
  const source = chooseCreditSource(question);
  const months = wholeMonths(filter);
  if (source === 'lesson_day' || source === 'class_day' || by === 'day' || !months) {
    return 'lesson_day';
  }
  const oneMonth = by === 'month' || months.first === months.last;
  const onePart = by === 'organization' || by === 'producer' || partsOf(question).length <= 1;
  return oneMonth && onePart ? 'learner_count' : 'learner_month';
}

/** The organizations, or the producers where the question is about those, that are asked for; none is all. */
export function partsOf({ filter, scope }: Question): string[] {
  if (filter.producerId) return [filter.producerId];
  if (filter.organizationId) return [filter.organizationId];
  return scope === 'all' ? [] : scope.organizationIds;
}

/** The months that the filter's days are, or null where they begin or end within one. */
export function wholeMonths({ from, to }: ClassHourFilter): Months | null {
  if (from && !from.endsWith('-01')) return null;
  if (to && !isLastOfMonth(to)) return null;
  return { ...(from && { first: from.slice(0, 7) }), ...(to && { last: to.slice(0, 7) }) };
}

function isLastOfMonth(day: string): boolean {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
  return next.getUTCDate() === 1;
}
