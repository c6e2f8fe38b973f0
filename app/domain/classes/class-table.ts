import type { ManagedClassRow } from './managed-class-row';

export const CLASS_ORDERS = ['state', 'title', 'dates', 'learners', 'required'] as const;
export type ClassOrder = (typeof CLASS_ORDERS)[number];

/** What the list of classes shows and in which order. */
export interface ClassTable {
  search: string;
  state: 'preparing' | 'running' | 'ended' | '';
  organizationId: string;
  order: ClassOrder;
  descending: boolean;
}

/** The classes a table shows, in its order; equal ones stay as they came. */
export function arrangeClasses(classes: ManagedClassRow[], table: ClassTable): ManagedClassRow[] {
  const search = table.search.trim().toLowerCase();
  const shown = classes
    .filter((one) => table.state === '' || one.state === table.state)
    .filter((one) => table.organizationId === '' || one.organizationId === table.organizationId)
    .filter((one) => search === '' || one.title.toLowerCase().includes(search));
  if (table.order === 'state') return table.descending ? shown.reverse() : shown;
  const direction = table.descending ? -1 : 1;
  return shown.sort((a, b) => direction * compare(a, b, table.order));
}

function compare(a: ManagedClassRow, b: ManagedClassRow, order: ClassOrder): number {
  if (order === 'learners') return a.learners - b.learners;
  if (order === 'required') return a.requiredClassHours - b.requiredClassHours;
  const [left, right] = order === 'title' ? [a.title, b.title] : [a.startsOn, b.startsOn];
  return left < right ? -1 : left > right ? 1 : 0;
}
