import type { Db } from '~db/client.server';
import { reconcileLesson, type Difference } from './reconcile-lesson.server';

/** Counts every studied lesson anew from its beats and names every stored total that differs; none when all is well. */
export async function reconcile(db: Db, zone: string): Promise<Difference[]> {
  const lessons = await db
    .selectFrom('watch_session')
    .select(['enrollment_id as enrollmentId', 'lesson_id as lessonId', 'person_id as personId'])
    .distinct()
    .orderBy('enrollment_id')
    .orderBy('lesson_id')
    .execute();
  const differences: Difference[] = [];
  for (const lesson of lessons) differences.push(...(await reconcileLesson(db, lesson, zone)));
  return differences;
}
