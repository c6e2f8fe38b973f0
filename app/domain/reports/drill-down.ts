import type { ClassHourFilter, Grouping } from './class-hour-filter';

/** What a report shows: how it is grouped, and which class hours are meant. */
export interface ReportView {
  by: Grouping;
  filter: ClassHourFilter;
}

/** The view that opens a row: the records it is made of, one level finer, under the same filter. */
export function drillDown({ by, filter }: ReportView, key: string): ReportView {
  switch (by) {
    case 'organization':
      return { by: 'class', filter: { ...filter, organizationId: key } };
    case 'class':
      return { by: 'learner', filter: { ...filter, classId: key } };
    case 'course':
      return { by: 'class', filter: { ...filter, courseId: key } };
    case 'learner':
      return { by: 'class', filter: { ...filter, personId: key } };
    case 'producer':
      return { by: 'course', filter: { ...filter, producerId: key } };
    case 'day':
      return { by: 'learner', filter: { ...filter, from: key, to: key } };
    case 'month':
      return { by: 'day', filter: { ...filter, ...withinMonth(filter, key) } };
  }
}

/** The days of a month (`2026-11`) that the filter leaves. */
function withinMonth(filter: ClassHourFilter, month: string): { from: string; to: string } {
  const first = `${month}-01`;
  const next = new Date(`${first}T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  const last = new Date(next.getTime() - 86_400_000).toISOString().slice(0, 10);
  return {
    from: filter.from && filter.from > first ? filter.from : first,
    to: filter.to && filter.to < last ? filter.to : last,
  };
}
