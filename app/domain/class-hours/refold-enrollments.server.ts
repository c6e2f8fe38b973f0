import type { Trx } from '~db/client.server';
import type { LessonDay } from './lesson-totals.server';
import { lockLearners } from './lock-learners.server';
import { refoldLearner } from './refold-learner.server';

/**
 * Counts the learners of these enrollments anew from `fromDay` on, the first day that changes; all days without.
 * To be called in the transaction of a change that touches time already counted: other class dates, another
 * rule set, a withdrawal. `now` is epoch ms. The days' changes are added to `changes`, as by `refoldLearner`.
 */
export async function refoldEnrollments(
  trx: Trx,
  enrollmentIds: readonly string[],
  zone: string,
  now: number,
  changes: LessonDay[],
  fromDay = '',
): Promise<void> {
  if (enrollmentIds.length === 0) return;
  const studied = await trx
    .selectFrom('watch_session')
    .select('person_id')
    .distinct()
    .where('enrollment_id', 'in', enrollmentIds)
    .orderBy('person_id')
    .execute();
  const people = studied.map((row) => row.person_id);
  if (people.length === 0) return;
  await lockLearners(trx, people, now);
  for (const personId of people) await refoldLearner(trx, personId, fromDay, zone, changes);
}
