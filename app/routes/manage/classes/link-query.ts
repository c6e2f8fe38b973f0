/** The query of a table's view: its filters and order, changed where `change` says so; what is empty is left out. */
export function linkQuery(
  table: { order: string; descending: boolean } & Record<string, string | boolean>,
  change: Record<string, string>,
): string {
  const { order, descending, ...filters } = table;
  const given = { ...filters, sort: order, dir: descending ? 'desc' : 'asc', ...change };
  const set = Object.entries(given).flatMap(([name, value]) =>
    value === '' ? [] : [[name, String(value)]],
  );
  return new URLSearchParams(set).toString();
}
