import type { Db } from '~db/client.server';
import { totalClassHours } from '../class-hours/figures';
import type { ClassHourFilter, ClassHourScope, Grouping } from './class-hour-filter';
import { countLearners, countLearnersBy } from './count-learners.server';
import { countLedgerRows, listLedgerTotals, sumLedger } from './ledger-totals.server';
import { listGroupNames } from './list-group-names.server';
import { orderRows, type RowRange } from './order-rows';
import { readRollUp, type RolledUp } from './read-roll-up.server';
import { chooseCreditSource, type Question } from './roll-up-choice';
import { unitsByKey, type KeyTotals } from './units-by-key';

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

export interface ClassHourReport {
  rows: ClassHourRow[];
  /** The figures of everything that is filtered, and how many rows it makes when grouped. */
  total: ClassHourFigures & { rows: number };
}

type Row = KeyTotals & { learners: number };

/**
 * Class hours by organization, class, course, learner, month, day or producing organization with their total, out of
 * the coarsest roll-up that can tell them, else of the credited days in reach; corrections are in both. A fixed number
 * of queries, however many rows; rows of equal rank are in the order of their keys.
 */
export async function reportClassHours(
  db: Db,
  scope: ClassHourScope,
  filter: ClassHourFilter,
  by: Grouping,
  range: RowRange,
): Promise<ClassHourReport> {
  const question = { by, filter, scope };
  const source = chooseCreditSource(question);
  const learners = await countLearners(db, question);
  if (source === 'lesson_day') {
    const rows = await withNames(db, by, await listLedgerTotals(db, question, range));
    const whole = await sumWhole(db, { filter, scope });
    return { rows, total: totalOf(whole, learners, await countLedgerRows(db, question)) };
  }
  const parts = await readRollUp(db, source, question);
  const keys = keysOf(parts);
  const rows = await withNames(db, by, await rankKeys(db, question, keys, range));
  return { rows, total: totalOf(wholeOf(parts), learners, keys.length) };
}

/** The total of rows that come out of the ledger is known to a roll-up more often than they are. */
async function sumWhole(db: Db, question: Question): Promise<KeyTotals | undefined> {
  const source = chooseCreditSource(question);
  if (source === 'lesson_day') return sumLedger(db, question);
  return wholeOf(await readRollUp(db, source, question));
}

const wholeOf = (parts: readonly RolledUp[]): KeyTotals | undefined =>
  unitsByKey(parts.map((part) => ({ ...part, key: '' }))).get('');

/** The rows of a report alone. */
export async function listClassHourTotals(
  db: Db,
  scope: ClassHourScope,
  filter: ClassHourFilter,
  by: Grouping,
  range: RowRange,
): Promise<ClassHourRow[]> {
  const question = { by, filter, scope };
  const source = chooseCreditSource(question);
  const rows =
    source === 'lesson_day'
      ? await listLedgerTotals(db, question, range)
      : await rankKeys(db, question, keysOf(await readRollUp(db, source, question)), range);
  return withNames(db, by, rows);
}

const keysOf = (parts: readonly RolledUp[]): KeyTotals[] =>
  [...unitsByKey(parts).values()].filter(({ creditedMs }) => creditedMs !== 0);

/** A roll-up has few keys: they are put in order here. People are counted for the keys of the range only. */
async function rankKeys(
  db: Db,
  question: Question & { by: Grouping },
  totals: readonly KeyTotals[],
  range: RowRange,
): Promise<Row[]> {
  const byLearners = range.order === 'learners';
  const known = byLearners ? await countLearnersBy(db, question) : new Map<string, number>();
  const counted = totals.map((row) => ({ ...row, learners: known.get(row.key) ?? 0 }));
  const rows = orderRows(counted, range);
  if (byLearners) return rows;
  const keys = rows.map((row) => row.key);
  const learners = await countLearnersBy(db, question, keys);
  return rows.map((row) => ({ ...row, learners: learners.get(row.key) ?? 0 }));
}

async function withNames(db: Db, by: Grouping, rows: readonly Row[]): Promise<ClassHourRow[]> {
  const keys = rows.map((row) => row.key);
  const names = await listGroupNames(db, by, keys);
  return rows.map(({ key, learners, creditedMs, units }) => ({
    key,
    name: names.get(key) ?? key,
    learners,
    creditedMs,
    classHours: totalClassHours(units),
  }));
}

const totalOf = (whole: KeyTotals | undefined, learners: number, rows: number) => ({
  learners,
  rows,
  creditedMs: whole?.creditedMs ?? 0,
  classHours: totalClassHours(whole?.units ?? []),
});
