import { z } from 'zod';
import { filterSchema, GROUPINGS, type ClassHourFilter } from '~/domain/reports/class-hour-filter';
import type { ReportView } from '~/domain/reports/drill-down';

const orderSchema = z.enum(['credited', 'learners', 'key']).catch('credited');

export interface ReportRequest extends ReportView {
  order: 'credited' | 'learners' | 'key';
  descending: boolean;
  page: number;
  /** The days typed make no sense and were left out. */
  wrongDays: boolean;
}

/** Reads a report's view out of the page's URL; what makes no sense is left out. */
export function readReport(search: URLSearchParams): ReportRequest {
  const given = Object.fromEntries(search);
  const by = z.enum(GROUPINGS).catch('organization').parse(given.by);
  const { filter, wrongDays } = readFilter(given);
  const byTime = by === 'month' || by === 'day';
  const order = given.sort ? orderSchema.parse(given.sort) : byTime ? 'key' : 'credited';
  const descending = given.dir ? given.dir === 'desc' : !byTime;
  const page = z.coerce.number().int().min(1).max(100_000).catch(1).parse(given.page);
  return { by, filter, order, descending, page, wrongDays };
}

function readFilter(given: Record<string, string>): {
  filter: ClassHourFilter;
  wrongDays: boolean;
} {
  const parsed = filterSchema.safeParse(given);
  if (parsed.success) return { filter: parsed.data, wrongDays: false };
  const { from: _from, to: _to, ...rest } = given;
  return { filter: filterSchema.catch({}).parse(rest), wrongDays: true };
}
