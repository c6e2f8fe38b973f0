import type { OrganizationKind } from '~db/tables/organizations';

/** One learner's line on the class page. */
export interface ClassLearner {
  enrollmentId: string;
  personId: string;
  name: string;
  /** Where the person learns, the first of their organizations; null for a person without one. */
  organization: { name: string; mark: string; kind: OrganizationKind } | null;
  status: 'applied' | 'enrolled' | 'completed' | 'withdrawn';
  creditedMs: number;
  creditedClassHours: number;
  requiredClassHours: number;
  lessons: number;
  lessonsComplete: number;
  lastStudiedAt: number | null;
}

/** What the class page's table is sorted by; `behind` puts those furthest behind first. */
export const LEARNER_ORDERS = ['behind', 'name', 'credited', 'lessons', 'last'] as const;
export type LearnerOrder = (typeof LEARNER_ORDERS)[number];

/** Who is shown: in the class (enrolled or completed), one status, or those who have not begun. */
export const LEARNER_FILTERS = [
  'in-class',
  'behind',
  'not-started',
  'completed',
  'withdrawn',
] as const;
export type LearnerFilter = (typeof LEARNER_FILTERS)[number];

export interface LearnerTable {
  filter: LearnerFilter;
  /** Part of a name. */
  search: string;
  order: LearnerOrder;
  descending: boolean;
}

/** The learners a table shows, in its order; equal ones by name. */
export function arrangeLearners(learners: ClassLearner[], table: LearnerTable): ClassLearner[] {
  const search = table.search.trim().toLowerCase();
  return learners
    .filter((one) => passes(one, table.filter))
    .filter((one) => search === '' || one.name.toLowerCase().includes(search))
    .sort((a, b) => {
      const order = compare(a, b, table.order) * (table.descending ? -1 : 1);
      return order || byText(a.name, b.name) || byText(a.enrollmentId, b.enrollmentId);
    });
}

function passes({ status, ...one }: ClassLearner, filter: LearnerFilter): boolean {
  const inClass = status === 'enrolled' || status === 'completed';
  if (filter === 'in-class') return inClass;
  if (filter === 'behind') return status === 'enrolled';
  if (filter === 'not-started') return inClass && one.lastStudiedAt === null;
  return status === filter;
}

function compare(a: ClassLearner, b: ClassLearner, order: LearnerOrder): number {
  if (order === 'name') return byText(a.name, b.name);
  if (order === 'credited') return a.creditedMs - b.creditedMs;
  if (order === 'lessons') return a.lessonsComplete - b.lessonsComplete;
  const last = (a.lastStudiedAt ?? 0) - (b.lastStudiedAt ?? 0);
  if (order === 'last') return last;
  const standing = (one: ClassLearner) => (one.status === 'enrolled' ? 0 : 1);
  return (
    standing(a) - standing(b) ||
    a.creditedMs - b.creditedMs ||
    a.lessonsComplete - b.lessonsComplete ||
    last
  );
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
