import { sql } from 'kysely';
import type { Db } from '~db/client.server';
import type { Grouping } from './class-hour-filter';
import {
  countLearner,
  groupKeys,
  hasLearner,
  selectCredit,
  sumCounted,
} from './credit-rows.server';
import type { RowRange } from './order-rows';
import type { Question } from './roll-up-choice';
import { unitsByKey, type KeyTotals } from './units-by-key';

type GroupedQuestion = Question & { by: Grouping };

/** The totals of a range added up out of lesson_day. Two queries, however many rows. */
export async function listLedgerTotals(
  db: Db,
  { by, filter, scope }: GroupedQuestion,
  range: RowRange,
): Promise<(KeyTotals & { learners: number })[]> {
  const key = groupKeys[by];
  // A learner's row has one person at most: nobody needs to be told from others.
  const learners = by === 'learner' ? hasLearner : countLearner;
  let groups = selectCredit(db, scope, filter)
    .select([key.as('key'), sumCounted.as('creditedMs'), learners.as('learners')])
    .groupBy(key)
    .having(sumCounted, '<>', 0);
  if (range.after !== undefined) groups = groups.where(key, '>', range.after);
  const direction = range.descending ? 'desc' : 'asc';
  if (range.order === 'credited') groups = groups.orderBy('creditedMs', direction);
  if (range.order === 'learners') groups = groups.orderBy('learners', direction);
  groups = groups.orderBy('key', range.order === 'key' ? direction : 'asc');
  if (range.limit !== undefined) groups = groups.limit(range.limit);
  if (range.offset) groups = groups.offset(range.offset);
  const rows = await groups.execute();
  if (rows.length === 0) return [];
  const keys = rows.map((row) => row.key);
  const parts = await selectCredit(db, scope, filter)
    .select([
      key.as('key'),
      'rule_set_version.minutes_per_class_hour as minutesPerClassHour',
      sumCounted.as('creditedMs'),
    ])
    .$if(range.limit !== undefined, (query) => query.where(key, 'in', keys))
    .groupBy([key, 'rule_set_version.minutes_per_class_hour'])
    .execute();
  const units = unitsByKey(parts);
  return rows.map((row) => ({ ...units.get(row.key)!, learners: Number(row.learners) }));
}

/** What lesson_day adds up to. */
export async function sumLedger(
  db: Db,
  { filter, scope }: Question,
): Promise<KeyTotals | undefined> {
  const parts = await selectCredit(db, scope, filter)
    .select([
      sql<string>`''`.as('key'),
      'rule_set_version.minutes_per_class_hour as minutesPerClassHour',
      sumCounted.as('creditedMs'),
    ])
    .groupBy('rule_set_version.minutes_per_class_hour')
    .execute();
  return unitsByKey(parts).get('');
}

/** How many people lesson_day names. */
export async function countLedgerLearners(db: Db, { filter, scope }: Question): Promise<number> {
  const counted = await selectCredit(db, scope, filter)
    .select(countLearner.as('learners'))
    .executeTakeFirstOrThrow();
  return Number(counted.learners);
}

/** How many rows lesson_day makes when it is grouped. */
export async function countLedgerRows(
  db: Db,
  { by, filter, scope }: GroupedQuestion,
): Promise<number> {
  const groups = selectCredit(db, scope, filter)
    .select(groupKeys[by].as('key'))
    .groupBy(groupKeys[by])
    .having(sumCounted, '<>', 0);
  const { rows } = await db
    .selectFrom(groups.as('groups'))
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow();
  return Number(rows);
}
