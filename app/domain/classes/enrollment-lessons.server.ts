import { sql } from 'kysely';
import type { Db } from '~db/client.server';

/**
 * The lessons of each enrollment's class (of the published course versions it uses), beside how the learner
 * stands in them: to be narrowed and selected from.
 */
export function enrollmentLessons(db: Db) {
  return db
    .selectFrom('enrollment')
    .innerJoin('class_course', 'class_course.class_id', 'enrollment.class_id')
    .innerJoin(
      'course_version_lesson',
      'course_version_lesson.course_version_id',
      'class_course.course_version_id',
    )
    .leftJoin('lesson_total', (join) =>
      join
        .onRef('lesson_total.enrollment_id', '=', 'enrollment.id')
        .onRef('lesson_total.lesson_id', '=', 'course_version_lesson.lesson_id'),
    )
    .leftJoin('article_reading', (join) =>
      join
        .onRef('article_reading.enrollment_id', '=', 'enrollment.id')
        .onRef('article_reading.lesson_id', '=', 'course_version_lesson.lesson_id'),
    );
}

/** How many of the selected lessons are complete: watched, or read to the end. */
export const completeLessons = sql<number>`sum(case when lesson_total.complete = 1 or article_reading.read_at is not null then 1 else 0 end)`;
