import type { Db } from '~db/client.server';
import { foldUnderRules } from '../class-hours/fold-under-rules.server';
import { saveRecountedLearner } from './save-recounted-learner.server';
import type { RecountStep } from './run-recount.server';

/** Notes what a switch would make of one learner's credit, from one state of the database; changes none of it. */
export async function previewLearner(db: Db, step: RecountStep): Promise<void> {
  await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const lessons = await foldUnderRules(trx, step.personId, step.zone, step.given);
      await saveRecountedLearner(trx, step, lessons, null);
    });
}
