import { sql } from 'kysely';
import type { Db } from '~db/client.server';
import type { Grouping } from './class-hour-filter';
import { countLearner, groupKeys, selectCredit } from './credit-rows.server';
import { countLedgerLearners } from './ledger-totals.server';
import { chooseLearnerSource, partsOf, wholeMonths, type Question } from './roll-up-choice';

/** How many people were credited something, by key; only of these keys, where they are given. */
export async function countLearnersBy(
  db: Db,
  question: Question & { by: Grouping },
  keys?: readonly string[],
): Promise<Map<string, number>> {
  if (keys?.length === 0) return new Map();
  const source = chooseLearnerSource(question);
  if (source !== 'lesson_day') return countByMonths(db, source, question);
  const key = groupKeys[question.by];
  const rows = await selectCredit(db, question.scope, question.filter)
    .select([key.as('key'), countLearner.as('learners')])
    .$if(keys !== undefined, (query) => query.where(key, 'in', keys!))
    .groupBy(key)
    .execute();
  return new Map(rows.map((row) => [row.key, Number(row.learners)]));
}

/** How many people were credited something in all that is asked for. */
export async function countLearners(
  db: Db,
  { filter, scope }: Omit<Question, 'by'>,
): Promise<number> {
  const source = chooseLearnerSource({ filter, scope });
  if (source !== 'lesson_day') {
    return (await countByMonths(db, source, { filter, scope })).get('') ?? 0;
  }
  return countLedgerLearners(db, { filter, scope });
}

async function countByMonths(
  db: Db,
  source: 'learner_count' | 'learner_month',
  question: Question,
): Promise<Map<string, number>> {
  const { by, filter } = question;
  const byPart = by === 'organization' || by === 'producer';
  const parts = partsOf(question);
  const { first, last } = wholeMonths(filter) ?? {};
  const part = by === 'producer' || filter.producerId ? 'producer' : 'organization';
  const conditions = [sql`part = ${part}`];
  if (parts.length > 0) conditions.push(sql`organization_id in (${sql.join(parts)})`);
  if (first) conditions.push(sql`month >= ${first}`);
  if (last) conditions.push(sql`month <= ${last}`);
  if (source === 'learner_count') {
    // '' stands for all of them.
    if (parts.length === 0) {
      conditions.push(byPart ? sql`organization_id <> ''` : sql`organization_id = ''`);
    }
    if (by === 'month') conditions.push(sql`month <> ''`);
    else if (!first) conditions.push(sql`month = ''`);
  }
  const key = byPart ? sql`organization_id` : by === 'month' ? sql`month` : sql`cast('' as text)`;
  const people = source === 'learner_count' ? sql`sum(learners)` : sql`count(distinct person_id)`;
  const { rows } = await sql<{ key: string; learners: number }>`
    select ${key} as key, ${people} as learners from ${sql.table(source)}
    where ${sql.join(conditions, sql` and `)} group by 1`.execute(db);
  return new Map(rows.map((row) => [row.key, Number(row.learners)]));
}
