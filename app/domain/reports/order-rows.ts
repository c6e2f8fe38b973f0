export type RowOrder = 'key' | 'credited' | 'learners';

export interface RowRange {
  order: RowOrder;
  descending?: boolean;
  /** Only rows whose key comes after this one; for `order: 'key'`, ascending. */
  after?: string;
  offset?: number;
  limit?: number;
}

interface Ordered {
  key: string;
  creditedMs: number;
  learners: number;
}

/** The rows of a range; those of equal rank are in the order of their keys. */
export function orderRows<Row extends Ordered>(rows: readonly Row[], range: RowRange): Row[] {
  const { order, descending = false, after, offset = 0, limit } = range;
  const sign = descending ? -1 : 1;
  const byKey = (a: Row, b: Row) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  const figure = order === 'learners' ? 'learners' : 'creditedMs';
  return rows
    .filter((row) => after === undefined || row.key > after)
    .sort((a, b) =>
      order === 'key' ? sign * byKey(a, b) : sign * (a[figure] - b[figure]) || byKey(a, b),
    )
    .slice(offset, limit === undefined ? undefined : offset + limit);
}
