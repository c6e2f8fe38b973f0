import { sql } from 'kysely';
import type { Db, Trx } from '~db/client.server';
import { inChunks } from '../shared/in-chunks';
import { countedMs, producerId, selectCreditedDays } from './credited-days.server';
import { countChanges, monthKey, type LearnerMonth } from './learner-months';

const PEOPLE_AT_ONCE = 200;
const ROWS_A_STATEMENT = 200;

/**
 * Writes anew in which months these learners were credited something where, and how many people that makes. Needed
 * at a learner's first credit of a month, and when credit goes away. The learners are locked by the caller.
 */
export async function markLearnerMonths(trx: Trx, personIds: readonly string[]): Promise<void> {
  const people = [...new Set(personIds)].sort();
  const was: LearnerMonth[] = [];
  const is: LearnerMonth[] = [];
  for (const some of inChunks(people, PEOPLE_AT_ONCE)) {
    was.push(...(await loadLearnerMonths(trx, some)));
    is.push(...(await listCreditedMonths(trx, some)));
  }
  const [known, right] = [new Set(was.map(monthKey)), new Set(is.map(monthKey))];
  const gone = was.filter((one) => !right.has(monthKey(one)));
  const come = is.filter((one) => !known.has(monthKey(one)));
  for (const { personId, part, organizationId, month } of gone) {
    await trx
      .deleteFrom('learner_month')
      .where('person_id', '=', personId)
      .where('part', '=', part)
      .where('organization_id', '=', organizationId)
      .where('month', '=', month)
      .execute();
  }
  for (const some of inChunks(come, ROWS_A_STATEMENT)) {
    await trx
      .insertInto('learner_month')
      .values(
        some.map(({ personId, part, organizationId, month }) => {
          return { person_id: personId, part, organization_id: organizationId, month };
        }),
      )
      .execute();
  }
  await addToCounts(trx, countChanges(was, is));
}

/** The months of learners as they are stored. */
export async function loadLearnerMonths(
  db: Db | Trx,
  personIds: readonly string[],
): Promise<LearnerMonth[]> {
  return db
    .selectFrom('learner_month')
    .where('person_id', 'in', personIds)
    .select(['person_id as personId', 'part', 'organization_id as organizationId', 'month'])
    .execute();
}

/** The months of learners as their credited days tell. */
export async function listCreditedMonths(
  db: Db | Trx,
  personIds: readonly string[],
): Promise<LearnerMonth[]> {
  const rows = await selectCreditedDays(db)
    .where('enrollment.person_id', 'in', personIds)
    .where(countedMs, '>', 0)
    .select([
      'enrollment.person_id as personId',
      'training_class.organization_id as organizationId',
      producerId.as('producerId'),
      sql<string>`substr(lesson_day.day, 1, 7)`.as('month'),
    ])
    .distinct()
    .execute();
  const found = new Map<string, LearnerMonth>();
  for (const { personId, organizationId, producerId: producer, month } of rows) {
    for (const one of [
      { personId, part: 'organization' as const, organizationId, month },
      { personId, part: 'producer' as const, organizationId: producer, month },
    ]) {
      found.set(monthKey(one), one);
    }
  }
  return [...found.values()];
}

async function addToCounts(trx: Trx, changes: ReadonlyMap<string, number>): Promise<void> {
  const rows = [...changes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, learners]) => {
      const [part, organization_id, month] = JSON.parse(key) as [
        LearnerMonth['part'],
        string,
        string,
      ];
      return { part, organization_id, month, learners };
    });
  for (const some of inChunks(rows, ROWS_A_STATEMENT)) {
    await trx
      .insertInto('learner_count')
      .values(some)
      .onConflict((conflict) =>
        conflict
          .columns(['part', 'organization_id', 'month'])
          .doUpdateSet({ learners: sql`learner_count.learners + excluded.learners` }),
      )
      .execute();
  }
}
