import { sql, type RawBuilder } from 'kysely';
import type { Db } from '~db/client.server';
import { countedMs, producerId, selectCreditedDays } from './credited-days.server';
import type { Difference } from './difference';

/** One roll-up: its key, its figures, and the same figures counted from what it is made of. */
interface RollUp {
  table: string;
  keys: string[];
  figures: string[];
  counted: RawBuilder<unknown>;
}

/**
 * Adds lesson_day up anew and names every figure of a roll-up that differs; `reconcileLearner` holds lesson_day to
 * the beats. To be called with one state of the database, for all of it is compared.
 */
export async function reconcileRollUps(db: Db): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const rollUp of listRollUps(db)) {
    for (const figure of rollUp.figures) {
      differences.push(...(await compareFigure(db, rollUp, figure)));
    }
  }
  return differences;
}

/** What is stored and what is counted meet in one sum, so that a row that only one of them has shows, too. */
async function compareFigure(
  db: Db,
  { table, keys, counted }: RollUp,
  figure: string,
): Promise<Difference[]> {
  const key = sql.join(keys.map((name) => sql.ref(name)));
  const value = figure === 'row' ? sql`1` : sql.ref(figure);
  const { rows } = await sql<Record<string, string | number>>`
    select ${key}, sum(stored) as stored, sum(counted) as counted from (
      select ${key}, ${value} as stored, 0 as counted from ${sql.table(table)}
      union all
      select ${key}, 0 as stored, ${value} as counted from (${counted}) as anew
    ) as both_sides group by ${key} having sum(stored) <> sum(counted) order by ${key}`.execute(db);
  return rows.map((row) => ({
    table,
    key: keys.map((name) => `${name} ${row[name] === '' ? '(all)' : row[name]}`).join(', '),
    figure,
    stored: String(row.stored),
    counted: String(row.counted),
  }));
}

function listRollUps(db: Db): RollUp[] {
  const days = selectCreditedDays(db).select([
    'enrollment.person_id',
    'enrollment.class_id',
    'training_class.organization_id',
    producerId.as('producer_id'),
    'rule_set_version.minutes_per_class_hour',
    'lesson_day.day',
    countedMs.as('credited_ms'),
    'lesson_day.spent_ms',
  ]);
  const figures = ['credited_ms', 'spent_ms'];
  const unit = ['organization_id', 'minutes_per_class_hour', 'day'];
  const months = (part: string, organization: string) => sql`
    select distinct person_id, ${sql.lit(part)} as part, ${sql.ref(organization)} as organization_id,
      substr(day, 1, 7) as month from (${days}) as days where credited_ms > 0`;
  const people = (
    organization: RawBuilder<unknown>,
    month: RawBuilder<unknown>,
    all: boolean,
  ) => sql`
    select part, ${organization} as organization_id, ${month} as month, count(distinct person_id) as learners
    from learner_month where ${all ? sql`part = 'organization'` : sql`true`} group by 1, 2, 3`;
  const everything = sql`cast('' as text)`;
  return [
    {
      table: 'class_day',
      keys: ['class_id', 'day'],
      figures,
      counted: sql`select * from (${days}) as days`,
    },
    {
      table: 'organization_day',
      keys: unit,
      figures,
      counted: sql`select * from (${days}) as days`,
    },
    {
      table: 'producer_day',
      keys: unit,
      figures,
      counted: sql`select producer_id as organization_id, minutes_per_class_hour, day, credited_ms, spent_ms
        from (${days}) as days`,
    },
    {
      table: 'learner_month',
      keys: ['person_id', 'part', 'organization_id', 'month'],
      figures: ['row'],
      counted: sql`${months('organization', 'organization_id')}
        union all ${months('producer', 'producer_id')}`,
    },
    {
      table: 'learner_count',
      keys: ['part', 'organization_id', 'month'],
      figures: ['learners'],
      counted: sql`${people(sql.ref('organization_id'), sql.ref('month'), false)}
        union all ${people(sql.ref('organization_id'), everything, false)}
        union all ${people(everything, sql.ref('month'), true)}
        union all ${people(everything, everything, true)}`,
    },
  ];
}
