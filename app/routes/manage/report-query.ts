/** The query of a report's view; parts that are not set are left out. */
export function reportQuery(
  { by, filter }: { by: string; filter: object },
  more: Record<string, string | undefined> = {},
): string {
  const given: Record<string, string | undefined> = { by, ...filter, ...more };
  const set = Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return new URLSearchParams(set).toString();
}
