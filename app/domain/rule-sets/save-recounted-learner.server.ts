import type { Trx } from '~db/client.server';
import type { RecountedLesson } from '../class-hours/fold-under-rules.server';
import type { RecountStep } from './run-recount.server';

/**
 * Writes a learner's row of a recount and moves the recount on to the next, whoever else runs it: throws, and so
 * undoes the transaction, where another did this learner first.
 */
export async function saveRecountedLearner(
  trx: Trx,
  step: RecountStep,
  lessons: readonly RecountedLesson[],
  appliedAt: number | null,
): Promise<void> {
  const { recountId, personId, enrollmentId } = step;
  const moved = await trx
    .updateTable('recount')
    .set((eb) => ({ last_person_id: personId, counted: eb('counted', '+', 1) }))
    .where('id', '=', recountId)
    .where('last_person_id', '=', step.after)
    .where('applied_at', appliedAt === null ? 'is' : 'is not', null)
    .executeTakeFirst();
  if (moved.numUpdatedRows === 0n) throw new Error('Somebody else counts these learners.');
  const own = lessons.filter((lesson) => lesson.enrollmentId === enrollmentId);
  const others = lessons.filter((lesson) => lesson.enrollmentId !== enrollmentId);
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  const restMs = await sumUntouched(
    trx,
    enrollmentId,
    own.map((lesson) => lesson.lessonId),
  );
  const figures = {
    before_ms: restMs + sum(own.map((lesson) => lesson.beforeMs)),
    after_ms: restMs + sum(own.map((lesson) => lesson.afterMs)),
    elsewhere_ms: sum(others.map((lesson) => lesson.afterMs - lesson.beforeMs)),
    applied_at: appliedAt,
  };
  await trx
    .insertInto('recount_learner')
    .values({
      recount_id: recountId,
      person_id: personId,
      enrollment_id: enrollmentId,
      ...figures,
    })
    .onConflict((conflict) => conflict.columns(['recount_id', 'person_id']).doUpdateSet(figures))
    .execute();
}

/** What the switch does not touch: decided corrections, and the credit of lessons not studied from its day on. */
async function sumUntouched(trx: Trx, enrollmentId: string, lessonIds: string[]): Promise<number> {
  const rows = await trx
    .selectFrom('lesson_total')
    .select(['lesson_id', 'credited_ms', 'corrected_ms'])
    .where('enrollment_id', '=', enrollmentId)
    .execute();
  return rows.reduce((total, row) => {
    const creditedMs = lessonIds.includes(row.lesson_id) ? 0 : row.credited_ms;
    return total + creditedMs + row.corrected_ms;
  }, 0);
}
