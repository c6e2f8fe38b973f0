import type { ReportView } from '~/domain/reports/drill-down';

/** The query of a report's view; parts that are not set are left out. */
export function reportQuery(
  { by, filter }: ReportView,
  more: Record<string, string | undefined> = {},
): string {
  const given = { by, ...filter, ...more };
  const set = Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return new URLSearchParams(set).toString();
}
