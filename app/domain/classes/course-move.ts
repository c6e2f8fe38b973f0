/** A lesson as a version holds it. */
export interface HeldLesson {
  id: string;
  title: string;
  kind: 'video' | 'article';
  durationMs: number;
}

/** What one learner of the class has in one lesson. */
export interface EarnedHours {
  lessonId: string;
  personId: string;
  creditedMs: number;
  coveredMs: number;
  complete: boolean;
}

/** What a newer version of a course means for a class that moves to it; hours earned are never among what changes. */
export interface CourseMove {
  added: HeldLesson[];
  /** They leave the outline; what learners earned in them stays and counts. */
  removed: (HeldLesson & { learners: number; creditedMs: number })[];
  /** Same lesson, other length; `short`: of those who completed it, who have seen less than 95 % of the new length. */
  resized: (HeldLesson & { wasMs: number; completed: number; short: number })[];
  /** Of all its videos, before and after. */
  lengthMs: { before: number; after: number };
  /** People of the class with hours in lessons of the course, and how much; the same after the move. */
  earned: { learners: number; creditedMs: number };
}

/** Foresees a move of a class from one version of a course to another. */
export function foreseeMove(
  before: readonly HeldLesson[],
  after: readonly HeldLesson[],
  earned: readonly EarnedHours[],
): CourseMove {
  const was = new Map(before.map((lesson) => [lesson.id, lesson]));
  const is = new Set(after.map((lesson) => lesson.id));
  const hoursIn = (lessonId: string) => earned.filter((one) => one.lessonId === lessonId);
  return {
    added: after.filter((lesson) => !was.has(lesson.id)),
    removed: before
      .filter((lesson) => !is.has(lesson.id))
      .map((lesson) => ({ ...lesson, ...sumOf(hoursIn(lesson.id)) })),
    resized: after.flatMap((lesson) => {
      const wasMs = was.get(lesson.id)?.durationMs ?? lesson.durationMs;
      if (wasMs === lesson.durationMs) return [];
      const done = hoursIn(lesson.id).filter((one) => one.complete);
      const short = done.filter((one) => 100 * one.coveredMs < 95 * lesson.durationMs);
      return [{ ...lesson, wasMs, completed: done.length, short: short.length }];
    }),
    lengthMs: { before: lengthOf(before), after: lengthOf(after) },
    earned: sumOf(earned),
  };
}

function sumOf(earned: readonly EarnedHours[]) {
  const withHours = earned.filter((one) => one.creditedMs !== 0);
  return {
    learners: new Set(withHours.map((one) => one.personId)).size,
    creditedMs: withHours.reduce((sum, one) => sum + one.creditedMs, 0),
  };
}

const lengthOf = (lessons: readonly HeldLesson[]) =>
  lessons.reduce((sum, lesson) => sum + lesson.durationMs, 0);
