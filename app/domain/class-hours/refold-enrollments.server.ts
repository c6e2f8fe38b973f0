import type { Trx } from '~db/client.server';
import { loadLaws } from './lesson-law.server';
import { lockLearners } from './lock-learners.server';
import { refoldLesson } from './refold-lesson.server';

/**
 * Counts every studied lesson of these enrollments anew. To be called in the transaction of a change that
 * touches time already counted: other class dates, another rule set, a withdrawal. `now` is epoch ms.
 */
export async function refoldEnrollments(
  trx: Trx,
  enrollmentIds: readonly string[],
  zone: string,
  now: number,
): Promise<void> {
  if (enrollmentIds.length === 0) return;
  const people = await trx
    .selectFrom('enrollment')
    .select('person_id')
    .where('id', 'in', enrollmentIds)
    .execute();
  await lockLearners(
    trx,
    people.map((row) => row.person_id),
    now,
  );
  const laws = await loadLaws(trx, enrollmentIds, zone);
  const lessons = await trx
    .selectFrom('lesson_total')
    .select(['enrollment_id as enrollmentId', 'lesson_id as lessonId', 'person_id as personId'])
    .where('enrollment_id', 'in', enrollmentIds)
    .orderBy('enrollment_id')
    .orderBy('lesson_id')
    .execute();
  for (const lesson of lessons) {
    const law = laws.get(lesson.enrollmentId);
    if (law) await refoldLesson(trx, lesson, law);
  }
}
