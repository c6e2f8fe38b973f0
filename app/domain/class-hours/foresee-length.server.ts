import type { Db } from '~db/client.server';

/** What another length of a lesson's video would mean for those who study it now; people and classes counted. */
export interface ForeseenLength {
  /** Running or coming classes whose version of the course has the lesson. */
  classes: number;
  /** Learners who have begun the lesson and not completed it. */
  underWay: number;
  /** Of those, how many have covered enough for the new length already. */
  underWayEnough: number;
  completed: number;
  /** Of those, how many have covered too little for the new length. */
  completedShort: number;
}

/**
 * Foresees what a video of `lengthMs` would change in a lesson, once classes move to a version with it:
 * 95 % of the length must be covered. Counts over all classes not over by `today`; nobody is named.
 */
export async function foreseeLength(
  db: Db,
  asked: { lessonId: string; lengthMs: number; today: string },
): Promise<ForeseenLength> {
  const { lessonId, lengthMs, today } = asked;
  const classes = await db
    .selectFrom('class_course')
    .innerJoin(
      'course_version_lesson',
      'course_version_lesson.course_version_id',
      'class_course.course_version_id',
    )
    .innerJoin('training_class', 'training_class.id', 'class_course.class_id')
    .select('training_class.id')
    .distinct()
    .where('course_version_lesson.lesson_id', '=', lessonId)
    .where('training_class.ends_on', '>=', today)
    .execute();
  const begun = await db
    .selectFrom('lesson_total')
    .innerJoin('enrollment', 'enrollment.id', 'lesson_total.enrollment_id')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .select((eb) => [
      'lesson_total.complete',
      eb
        .case()
        .when('lesson_total.covered_ms', '>=', Math.ceil((lengthMs * 95) / 100))
        .then(eb.lit(1))
        .else(eb.lit(0))
        .end()
        .as('enough'),
      eb.fn.countAll<number>().as('people'),
    ])
    .where('lesson_total.lesson_id', '=', lessonId)
    .where('lesson_total.covered_ms', '>', 0)
    .where('enrollment.status', 'in', ['enrolled', 'completed'])
    .where('training_class.ends_on', '>=', today)
    .groupBy(['lesson_total.complete', 'enough'])
    .execute();
  const count = (complete: 0 | 1, enough?: 0 | 1) =>
    begun
      .filter((row) => row.complete === complete && (enough === undefined || row.enough === enough))
      .reduce((sum, row) => sum + Number(row.people), 0);
  return {
    classes: classes.length,
    underWay: count(0),
    underWayEnough: count(0, 1),
    completed: count(1),
    completedShort: count(1, 0),
  };
}
