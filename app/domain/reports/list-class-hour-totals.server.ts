import type { Db } from '~db/client.server';
import { countedMs } from '../class-hours/credited-days.server';
import { totalClassHours } from '../class-hours/figures';
import type { ClassHourFilter, ClassHourScope, Grouping } from './class-hour-filter';
import { groupKeys, selectCredit } from './credit-rows.server';
import { listGroupNames } from './list-group-names.server';

export interface ClassHourFigures {
  /** People, not a sum over rows. */
  learners: number;
  creditedMs: number;
  /** Rounded down once for this figure; rounded rows may add to less than the total. */
  classHours: number;
}

export interface ClassHourRow extends ClassHourFigures {
  key: string;
  name: string;
}

export type RowOrder = 'key' | 'credited' | 'learners';

export interface RowRange {
  order: RowOrder;
  descending?: boolean;
  /** Only rows whose key comes after this one; for `order: 'key'`, ascending. */
  after?: string;
  offset?: number;
  limit?: number;
}

/**
 * Class hours by organization, class, course, learner, month, day or producing organization, out of the
 * credited days in reach. Three queries, however many rows; rows of equal rank are in the order of their keys.
 */
export async function listClassHourTotals(
  db: Db,
  scope: ClassHourScope,
  filter: ClassHourFilter,
  by: Grouping,
  range: RowRange,
): Promise<ClassHourRow[]> {
  const key = groupKeys[by];
  let groups = selectCredit(db, scope, filter)
    .select((eb) => [
      key.as('key'),
      eb.fn.sum<number>(countedMs).as('creditedMs'),
      eb.fn.count<number>('enrollment.person_id').distinct().as('learners'),
    ])
    .groupBy(key);
  if (range.after !== undefined) groups = groups.where(key, '>', range.after);
  const direction = range.descending ? 'desc' : 'asc';
  if (range.order === 'credited') groups = groups.orderBy('creditedMs', direction);
  if (range.order === 'learners') groups = groups.orderBy('learners', direction);
  groups = groups.orderBy('key', range.order === 'key' ? direction : 'asc');
  if (range.limit !== undefined) groups = groups.limit(range.limit);
  if (range.offset) groups = groups.offset(range.offset);
  const rows = await groups.execute();
  const keys = rows.map((row) => row.key);
  const units = await listUnits(
    db,
    scope,
    filter,
    by,
    range.limit === undefined ? undefined : keys,
  );
  const names = await listGroupNames(db, by, keys);
  return rows.map((row) => ({
    key: row.key,
    name: names.get(row.key) ?? row.key,
    learners: Number(row.learners),
    creditedMs: Number(row.creditedMs),
    classHours: totalClassHours(units.get(row.key) ?? []),
  }));
}

/** The figures of everything that is filtered, and how many rows it makes when grouped. */
export async function getClassHourTotal(
  db: Db,
  scope: ClassHourScope,
  filter: ClassHourFilter,
  by: Grouping,
): Promise<ClassHourFigures & { rows: number }> {
  const units = await selectCredit(db, scope, filter)
    .select((eb) => [
      'rule_set_version.minutes_per_class_hour as minutesPerClassHour',
      eb.fn.sum<number>(countedMs).as('creditedMs'),
    ])
    .groupBy('rule_set_version.minutes_per_class_hour')
    .execute();
  const counts = await selectCredit(db, scope, filter)
    .select((eb) => [
      eb.fn.count<number>('enrollment.person_id').distinct().as('learners'),
      eb.fn.count<number>(groupKeys[by]).distinct().as('rows'),
    ])
    .executeTakeFirstOrThrow();
  const parts = units.map((unit) => ({ ...unit, creditedMs: Number(unit.creditedMs) }));
  return {
    learners: Number(counts.learners),
    rows: Number(counts.rows),
    creditedMs: parts.reduce((sum, part) => sum + part.creditedMs, 0),
    classHours: totalClassHours(parts),
  };
}

type Unit = { creditedMs: number; minutesPerClassHour: number };

async function listUnits(
  db: Db,
  scope: ClassHourScope,
  filter: ClassHourFilter,
  by: Grouping,
  keys: string[] | undefined,
): Promise<Map<string, Unit[]>> {
  if (keys?.length === 0) return new Map();
  const key = groupKeys[by];
  let query = selectCredit(db, scope, filter)
    .select((eb) => [
      key.as('key'),
      'rule_set_version.minutes_per_class_hour as minutesPerClassHour',
      eb.fn.sum<number>(countedMs).as('creditedMs'),
    ])
    .groupBy([key, 'rule_set_version.minutes_per_class_hour']);
  if (keys) query = query.where(key, 'in', keys);
  const units = new Map<string, Unit[]>();
  for (const row of await query.execute()) {
    const known = units.get(row.key) ?? [];
    known.push({
      creditedMs: Number(row.creditedMs),
      minutesPerClassHour: row.minutesPerClassHour,
    });
    units.set(row.key, known);
  }
  return units;
}
