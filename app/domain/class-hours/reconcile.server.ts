import type { Db } from '~db/client.server';
import type { Difference } from './difference';
import { reconcileLearner } from './reconcile-learner.server';
import { reconcileRollUps } from './reconcile-roll-ups.server';

const LEARNERS_AT_ONCE = 200;

/**
 * Counts every learner anew from their beats, adds their days up anew, and names every stored total that differs;
 * nothing when all is well. Each learner, and all roll-ups together, are read in one state of the database.
 */
export async function* findDifferences(db: Db, zone: string): AsyncGenerator<Difference> {
  for (let after = ''; ;) {
    const learners = await listLearners(db, after);
    for (const personId of learners) {
      yield* await inOneState(db, (state) => reconcileLearner(state, personId, zone));
    }
    const last = learners.at(-1);
    if (last === undefined) break;
    after = last;
  }
  yield* await inOneState(db, reconcileRollUps);
}

/** All that `findDifferences` finds; none when all is well. */
export async function reconcile(db: Db, zone: string): Promise<Difference[]> {
  const differences: Difference[] = [];
  for await (const difference of findDifferences(db, zone)) differences.push(difference);
  return differences;
}

function inOneState<T>(db: Db, read: (db: Db) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(read);
}

/** The next people who have evidence or totals, in the order of their ids. */
async function listLearners(db: Db, after: string): Promise<string[]> {
  const rows = await db
    .selectFrom('person')
    .select('person.id')
    .where('person.id', '>', after)
    .where((eb) =>
      eb.or(
        (['learner_stream', 'watch_session', 'lesson_total', 'learner_day'] as const).map((table) =>
          eb.exists(
            eb.selectFrom(table).select('person_id').whereRef('person_id', '=', 'person.id'),
          ),
        ),
      ),
    )
    .orderBy('person.id')
    .limit(LEARNERS_AT_ONCE)
    .execute();
  return rows.map((row) => row.id);
}
