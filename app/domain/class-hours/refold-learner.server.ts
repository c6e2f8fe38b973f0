import type { Trx } from '~db/client.server';
import { writeRows } from '~db/row-statement';
import { inChunks } from '../shared/in-chunks';
import { foldLearner, type CreditedPart } from './crediting';
import {
  learnerDayOf,
  learnerDaysOf,
  sumLearnerDays,
  type LearnerDay,
} from './learner-days.server';
import { loadLearnerEvidence, totalOfStored } from './learner-evidence.server';
import { lessonDaysOf, totalsOf, type LessonDay, type LessonTotal } from './lesson-totals.server';

const ROWS_A_STATEMENT = 500;

/** What a learner amounts to after their days were counted anew. */
export interface RefoldedLearner {
  foldedToAt: number;
  presenceSpentMs: number;
  /** Of every lesson studied since that day. */
  totals: LessonTotal[];
  /** What became of their beats since that day. */
  parts: CreditedPart[];
}

/**
 * Counts a learner's lessons anew from their stored beats, from `fromDay` on ('' for all days), and writes totals
 * and days over what stood there. Needed after a late beat and after a fact that reaches back (a next session, a
 * passed check, a withdrawal, other dates or rules). The learner is locked by the caller. By how much days of
 * lessons changed is added to `changes`, for the caller to pass to `addToRollUps` when all else is written.
 */
export async function refoldLearner(
  trx: Trx,
  personId: string,
  fromDay: string,
  zone: string,
  changes: LessonDay[],
): Promise<RefoldedLearner> {
  const lessons = await loadLearnerEvidence(trx, personId, zone, { fromDay });
  const { folds } = foldLearner(
    lessons.map(({ evidence }) => evidence),
    fromDay,
  );
  const totals: LessonTotal[] = [];
  const lessonDays: LessonDay[] = [];
  const learnerDays: LearnerDay[] = [];
  lessons.forEach((lesson, index) => {
    const fold = folds[index]!;
    const { enrollmentId, lessonId } = lesson.key;
    totals.push(totalOfStored(lesson, fold));
    for (const day of fold.byDay) {
      lessonDays.push({ ...day, enrollmentId, lessonId });
      learnerDays.push(learnerDayOf(personId, lesson.law, day));
    }
  });
  for (const day of await clearDays(trx, personId, fromDay)) {
    changes.push({ ...day, creditedMs: -day.creditedMs, spentMs: -day.spentMs });
  }
  changes.push(...lessonDays);
  for (const some of inChunks(lessonDays, ROWS_A_STATEMENT)) {
    await writeRows(trx, [lessonDaysOf(some)]);
  }
  for (const some of inChunks(sumLearnerDays(learnerDays), ROWS_A_STATEMENT)) {
    await writeRows(trx, [learnerDaysOf(some)]);
  }
  for (const some of inChunks(totals, ROWS_A_STATEMENT)) await writeRows(trx, [totalsOf(some)]);
  const { folded } = await trx
    .selectFrom('lesson_total')
    .select(({ fn }) => fn.max<number | null>('folded_to_at').as('folded'))
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow();
  const { presence } = await trx
    .selectFrom('learner_day')
    .select(({ fn }) => fn.sum<number | null>('presence_ms').as('presence'))
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow();
  const progress = { foldedToAt: folded ?? 0, presenceSpentMs: presence ?? 0 };
  await trx
    .updateTable('learner_stream')
    .set((eb) => ({
      folded_to_at: progress.foldedToAt,
      presence_spent_ms: progress.presenceSpentMs,
      version: eb('version', '+', 1),
    }))
    .where('person_id', '=', personId)
    .execute();
  return { ...progress, totals, parts: folds.flatMap((fold) => fold.parts) };
}

/** Takes what the law credited out of these days, and answers it; corrections stay. */
async function clearDays(trx: Trx, personId: string, fromDay: string): Promise<LessonDay[]> {
  const enrollmentIds = trx.selectFrom('enrollment').select('id').where('person_id', '=', personId);
  const cleared = await trx
    .selectFrom('lesson_day')
    .where('day', '>=', fromDay)
    .where('enrollment_id', 'in', enrollmentIds)
    .select([
      'enrollment_id as enrollmentId',
      'lesson_id as lessonId',
      'day',
      'credited_ms as creditedMs',
      'spent_ms as spentMs',
    ])
    .execute();
  await trx
    .deleteFrom('lesson_day')
    .where('day', '>=', fromDay)
    .where('corrected_ms', '=', 0)
    .where('enrollment_id', 'in', enrollmentIds)
    .execute();
  await trx
    .updateTable('lesson_day')
    .set({ credited_ms: 0, spent_ms: 0 })
    .where('day', '>=', fromDay)
    .where('enrollment_id', 'in', enrollmentIds)
    .execute();
  await trx
    .deleteFrom('learner_day')
    .where('person_id', '=', personId)
    .where('day', '>=', fromDay)
    .execute();
  return cleared;
}
