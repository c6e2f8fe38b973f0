import type { AttributedBy, AttributionFilter } from '~/domain/reports/attribution';

/** The query of a view; parts that are not set are left out. */
export function attributionQuery(
  by: AttributedBy,
  filter: AttributionFilter,
  more: Record<string, string | undefined> = {},
): string {
  const given = { by, ...filter, ...more };
  return new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();
}
