import type { Db } from '~db/client.server';
import { totalClassHours } from '../class-hours/figures';
import type { ClassHourFilter, ClassHourScope, Grouping } from './class-hour-filter';
import { countLearners, countLearnersBy } from './count-learners.server';
import { getLedgerTotal, listLedgerTotals } from './ledger-totals.server';
import { listGroupNames } from './list-group-names.server';
import { orderRows, type RowRange } from './order-rows';
import { readRollUp, type RolledUp } from './read-roll-up.server';
import { chooseCreditSource, type CreditSource, type Question } from './roll-up-choice';
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

type GroupedQuestion = Question & { by: Grouping };
type RollUp = Exclude<CreditSource, 'lesson_day'>;

/**
 * Class hours by organization, class, course, learner, month, day or producing organization, out of the coarsest
 * roll-up that can tell them, else of the credited days in reach; corrections are in both. Three queries at most,
 * however many rows; rows of equal rank are in the order of their keys.
 */
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
      : await listRolledUp(db, source, question, range);
  const names = await listGroupNames(
    db,
    by,
    rows.map((row) => row.key),
  );
  return rows.map(({ key, learners, creditedMs, units }) => ({
    key,
    name: names.get(key) ?? key,
    learners,
    creditedMs,
    classHours: totalClassHours(units),
  }));
}

/** A roll-up has few keys: they are put in order here. People are counted for the keys of the range only. */
async function listRolledUp(
  db: Db,
  source: RollUp,
  question: GroupedQuestion,
  range: RowRange,
): Promise<(KeyTotals & { learners: number })[]> {
  const totals = keysOf(await readRollUp(db, source, question));
  if (range.order === 'learners') {
    const learners = await countLearnersBy(db, question);
    const counted = totals.map((row) => ({ ...row, learners: learners.get(row.key) ?? 0 }));
    return orderRows(counted, range);
  }
  const rows = orderRows(
    totals.map((row) => ({ ...row, learners: 0 })),
    range,
  );
  const keys = rows.map((row) => row.key);
  const learners = await countLearnersBy(db, question, keys);
  return rows.map((row) => ({ ...row, learners: learners.get(row.key) ?? 0 }));
}

/** The figures of everything that is filtered, and how many rows it makes when grouped. */
export async function getClassHourTotal(
  db: Db,
  scope: ClassHourScope,
  filter: ClassHourFilter,
  by: Grouping,
): Promise<ClassHourFigures & { rows: number }> {
  const question = { by, filter, scope };
  const source = chooseCreditSource(question);
  const { creditedMs, units, learners, rows } =
    source === 'lesson_day'
      ? await getLedgerTotal(db, question)
      : await getRolledUpTotal(db, source, question);
  return { learners, rows, creditedMs, classHours: totalClassHours(units) };
}

async function getRolledUpTotal(
  db: Db,
  source: RollUp,
  question: GroupedQuestion,
): Promise<KeyTotals & { learners: number; rows: number }> {
  const parts = await readRollUp(db, source, question);
  const whole = unitsByKey(parts.map((part) => ({ ...part, key: '' }))).get('');
  return {
    ...(whole ?? { key: '', creditedMs: 0, units: [] }),
    learners: await countLearners(db, question),
    rows: keysOf(parts).length,
  };
}

const keysOf = (parts: readonly RolledUp[]): KeyTotals[] =>
  [...unitsByKey(parts).values()].filter(({ creditedMs }) => creditedMs !== 0);
