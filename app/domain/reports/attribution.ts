import { z } from 'zod';
import { daySchema } from './class-hour-filter';

/** What produced work is added up by; a person counts apart for each organization they wrote for. */
export const ATTRIBUTIONS = ['organization', 'person', 'course'] as const;
export type AttributedBy = (typeof ATTRIBUTIONS)[number];

const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** Which work is meant: of which producer and course, first published on which days, both included. */
export const attributionFilter = z
  .object({
    from: optional(daySchema),
    to: optional(daySchema),
    organizationId: optional(z.string().max(100)),
    courseId: optional(z.string().max(100)),
  })
  .refine(({ from, to }) => !from || !to || from <= to, {
    path: ['to'],
    message: 'is before from',
  });
export type AttributionFilter = z.output<typeof attributionFilter>;

/** Accepted lessons of one person for one organization in one course. */
export interface Work {
  organizationId: string;
  organizationName: string;
  personId: string;
  personName: string;
  courseId: string;
  courseTitle: string;
  lessons: number;
  plannedMinutes: number;
  recordedMs: number;
}

export interface AttributionFigures {
  lessons: number;
  plannedMinutes: number;
  recordedMs: number;
}

export interface AttributionRow extends AttributionFigures {
  key: string;
  name: string;
  /** For whom a person wrote; empty for organizations and courses. */
  organizationName: string;
}

export const ATTRIBUTION_ORDERS = ['name', 'lessons', 'planned', 'recorded'] as const;
export type AttributionOrder = (typeof ATTRIBUTION_ORDERS)[number];

const NOTHING: AttributionFigures = { lessons: 0, plannedMinutes: 0, recordedMs: 0 };

const plus = (a: AttributionFigures, b: AttributionFigures): AttributionFigures => ({
  lessons: a.lessons + b.lessons,
  plannedMinutes: a.plannedMinutes + b.plannedMinutes,
  recordedMs: a.recordedMs + b.recordedMs,
});

/** The work added up: each piece is in exactly one row, so the rows of any grouping add up to the same total. */
export function addUpWork(
  work: readonly Work[],
  by: AttributedBy,
): { rows: AttributionRow[]; total: AttributionFigures } {
  const rows = new Map<string, AttributionRow>();
  for (const one of work) {
    const label = labelOf(one, by);
    rows.set(label.key, { ...label, ...plus(rows.get(label.key) ?? NOTHING, one) });
  }
  return { rows: [...rows.values()], total: work.reduce(plus, NOTHING) };
}

function labelOf(work: Work, by: AttributedBy) {
  switch (by) {
    case 'organization':
      return { key: work.organizationId, name: work.organizationName, organizationName: '' };
    case 'course':
      return { key: work.courseId, name: work.courseTitle, organizationName: '' };
    case 'person':
      return {
        key: `${work.organizationId} ${work.personId}`,
        name: work.personName,
        organizationName: work.organizationName,
      };
  }
}

/** Rows of equal rank are in the order of their keys. */
export function orderAttribution(
  rows: readonly AttributionRow[],
  order: AttributionOrder,
  descending: boolean,
): AttributionRow[] {
  const sign = descending ? -1 : 1;
  const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const compare = (a: AttributionRow, b: AttributionRow) => {
    if (order === 'name') return byText(a.name, b.name);
    if (order === 'lessons') return a.lessons - b.lessons;
    return order === 'planned' ? a.plannedMinutes - b.plannedMinutes : a.recordedMs - b.recordedMs;
  };
  return [...rows].sort((a, b) => sign * compare(a, b) || byText(a.key, b.key));
}
