import type { Db } from '~db/client.server';
import { openIntervals } from '../class-hours/open-intervals';
import type { Range } from '../class-hours/ranges';
import { NotFound } from '../shared/errors';

/**
 * When time of this enrollment can count (docs/class-hours.md, class-open): `[fromMs, toMs)` in epoch ms, in order,
 * while the class runs (both days included, in `zone`) and the enrollment is enrolled or completed.
 * Throws NotFound for an unknown enrollment. `db` may be the open transaction.
 */
export async function listOpenIntervals(
  db: Db,
  enrollmentId: string,
  zone: string,
): Promise<Range[]> {
  const dates = await db
    .selectFrom('enrollment')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .select(['training_class.starts_on', 'training_class.ends_on'])
    .where('enrollment.id', '=', enrollmentId)
    .executeTakeFirst();
  if (!dates) throw new NotFound();
  const statuses = await db
    .selectFrom('enrollment_status')
    .select(['status', 'from_at as fromAt'])
    .where('enrollment_id', '=', enrollmentId)
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  return openIntervals(dates.starts_on, dates.ends_on, statuses, zone);
}
