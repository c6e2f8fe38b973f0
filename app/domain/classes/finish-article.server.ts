import type { Db } from '~db/client.server';
import { dayAt } from '../class-hours/platform-day';
import { Conflict, NotFound } from '../shared/errors';
import { classState } from './class-state';
import { completeEnrollment } from './complete-enrollment.server';

/**
 * Marks an article of the learner's own class as read to its end; the first time stays. It earns no class
 * hours, but may be the last lesson that was missing. Throws NotFound for another's enrollment or a lesson
 * that is no article of the class, Conflict('not-open') while class or enrollment is not open.
 */
export async function finishArticle(
  db: Db,
  input: { personId: string; enrollmentId: string; lessonId: string; now: number; zone: string },
): Promise<void> {
  const { enrollmentId, lessonId, now } = input;
  const row = await db
    .selectFrom('enrollment')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .innerJoin('class_course', 'class_course.class_id', 'enrollment.class_id')
    .innerJoin(
      'course_version_lesson as lesson',
      'lesson.course_version_id',
      'class_course.course_version_id',
    )
    .select(['enrollment.status', 'training_class.starts_on', 'training_class.ends_on'])
    .where('enrollment.id', '=', enrollmentId)
    .where('enrollment.person_id', '=', input.personId)
    .where('lesson.lesson_id', '=', lessonId)
    .where('lesson.kind', '=', 'article')
    .executeTakeFirst();
  if (!row) throw new NotFound();
  const running = classState(row.starts_on, row.ends_on, dayAt(now, input.zone).day) === 'running';
  if (!running || !['enrolled', 'completed'].includes(row.status))
    throw new Conflict('not-open', 'The class or the enrollment is not open. Nothing was saved.');
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('article_reading')
      .values({ enrollment_id: enrollmentId, lesson_id: lessonId, read_at: now })
      .onConflict((conflict) => conflict.columns(['enrollment_id', 'lesson_id']).doNothing())
      .execute();
    await completeEnrollment(trx, { enrollmentId, now });
  });
}
