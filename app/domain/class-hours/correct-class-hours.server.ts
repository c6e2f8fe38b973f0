import type { Db } from '~db/client.server';
import { canManage } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';
import { NotFound } from '../shared/errors';
import { addCorrection } from './add-correction.server';
import { lockLearners } from './lock-learners.server';

/**
 * A manager of the class's organization, or the bureau, adds to or takes from what a lesson credits on a day, with
 * a reason. `ms` is signed; `now` epoch ms. Throws NotFound for others and for a lesson the enrollment never had,
 * Invalid for a day outside the class, or an amount that takes more than the day has or credits more than the
 * lesson's length.
 */
export async function correctClassHours(
  db: Db,
  viewer: Viewer,
  input: { enrollmentId: string; lessonId: string; day: string; ms: number; reason: string },
  { zone, now }: { zone: string; now: number },
): Promise<void> {
  const found = await db
    .selectFrom('enrollment')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .select(['enrollment.person_id', 'training_class.organization_id'])
    .where('enrollment.id', '=', input.enrollmentId)
    .executeTakeFirst();
  if (!found || !canManage(viewer, found.organization_id)) throw new NotFound();
  await db.transaction().execute(async (trx) => {
    const learners = await lockLearners(trx, [found.person_id], now);
    const moment = learners.get(found.person_id)?.moment ?? now;
    const decidedBy = viewer.personId;
    await addCorrection(trx, { ...input, appealId: null, decidedBy, now: moment, zone });
  });
}
