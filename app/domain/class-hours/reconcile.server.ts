import type { Db } from '~db/client.server';
import { reconcileLearner, type Difference } from './reconcile-learner.server';

/** Counts every learner anew from their beats and names every stored total that differs; none when all is well. */
export async function reconcile(db: Db, zone: string): Promise<Difference[]> {
  const learners = await db
    .selectFrom('learner_stream')
    .select('person_id')
    .orderBy('person_id')
    .execute();
  const differences: Difference[] = [];
  for (const { person_id: personId } of learners) {
    differences.push(...(await reconcileLearner(db, personId, zone)));
  }
  return differences;
}
