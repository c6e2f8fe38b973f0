import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { getManagedClass } from '../classes/get-managed-class.server';
import { NotFound } from '../shared/errors';
import { addCorrection } from './add-correction.server';
import { lockLearners } from './lock-learners.server';

/**
 * The class's manager, or the bureau, adds to or takes from what a lesson credits on a day, with a reason, and the
 * learner is told. `ms` is signed; `now` epoch ms. Throws what `getManagedClass` throws, NotFound for an unknown
 * enrollment and what `addCorrection` throws: nothing is changed then.
 */
export async function correctClassHours(
  db: Db,
  viewer: Viewer,
  input: { enrollmentId: string; lessonId: string; day: string; ms: number; reason: string },
  { zone, now }: { zone: string; now: number },
): Promise<void> {
  const found = await db
    .selectFrom('enrollment')
    .select(['person_id', 'class_id'])
    .where('id', '=', input.enrollmentId)
    .executeTakeFirst();
  if (!found) throw new NotFound();
  await getManagedClass(db, viewer, found.class_id);
  await db.transaction().execute(async (trx) => {
    const learners = await lockLearners(trx, [found.person_id], now);
    const moment = learners.get(found.person_id)?.moment ?? now;
    const decidedBy = viewer.personId;
    await addCorrection(trx, { ...input, appealId: null, decidedBy, now: moment, zone });
  });
}
