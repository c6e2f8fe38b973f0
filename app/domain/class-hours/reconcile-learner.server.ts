import type { Db } from '~db/client.server';
import { foldLearner } from './crediting';
import type { Difference } from './difference';
import { learnerDayOf, sumLearnerDays } from './learner-days.server';
import { loadLearnerEvidence, totalOfStored } from './learner-evidence.server';
import { toLessonTotal } from './lesson-totals.server';
import { reconcileCorrections } from './reconcile-corrections.server';

/** Counts all lessons of one learner anew from their beats and names every stored total that differs. */
export async function reconcileLearner(
  db: Db,
  personId: string,
  zone: string,
): Promise<Difference[]> {
  const lessons = await loadLearnerEvidence(db, personId, zone);
  const { foldedToAt, folds } = foldLearner(lessons.map(({ evidence }) => evidence));
  const stored = await loadStored(db, personId);
  const differences: Difference[] = [];
  const compareWith =
    (table: string, lesson?: { enrollmentId: string; lessonId: string }) =>
    (figure: string, storedValue: unknown, countedValue: unknown) => {
      const [left, right] = [JSON.stringify(storedValue ?? 0), JSON.stringify(countedValue ?? 0)];
      if (left === right) return;
      const of = lesson ? `, enrollment ${lesson.enrollmentId}, lesson ${lesson.lessonId}` : '';
      const key = `learner ${personId}${of}`;
      differences.push({ table, key, figure, stored: left, counted: right });
    };
  const compareDays = (
    compare: ReturnType<typeof compareWith>,
    was: readonly Record<string, string | number>[],
    is: readonly object[],
    figures: readonly string[],
  ) => {
    const [left, right] = [was, is].map(
      (days) =>
        new Map(days.map((day) => [(day as { day: string }).day, day as Record<string, unknown>])),
    );
    for (const day of new Set([...left!.keys(), ...right!.keys()])) {
      for (const figure of figures) {
        compare(`${day} ${figure}`, left!.get(day)?.[figure], right!.get(day)?.[figure]);
      }
    }
  };
  const learnerDays = lessons.flatMap(({ law }, index) =>
    folds[index]!.byDay.map((day) => learnerDayOf(personId, law, day)),
  );
  const counted = new Set<string>();
  lessons.forEach((lesson, index) => {
    const { enrollmentId, lessonId } = lesson.key;
    counted.add(`${enrollmentId} ${lessonId}`);
    const total = totalOfStored(lesson, folds[index]!);
    const was = stored.totals.find(
      (one) => one.enrollmentId === enrollmentId && one.lessonId === lessonId,
    );
    const compare = compareWith('lesson_total', lesson.key);
    compare('creditedMs', was?.creditedMs, total.creditedMs);
    compare('coveredMs', was?.coveredMs, total.coveredMs);
    compare('spentMs', was?.spentMs, total.spentMs);
    compare('coverage', was?.coverage ?? [], total.coverage);
    compare('foldedToAt', was?.foldedToAt, total.foldedToAt);
    compare('lastMediaMs', was?.lastMediaMs, total.lastMediaMs);
    compare('lastStudiedAt', was?.lastStudiedAt, total.lastStudiedAt);
    compare('complete', was?.complete ?? false, total.complete);
    const days = stored.lessonDays.filter(
      (day) => day.enrollmentId === enrollmentId && day.lessonId === lessonId,
    );
    compareDays(compareWith('lesson_day', lesson.key), days, folds[index]!.byDay, [
      'creditedMs',
      'spentMs',
    ]);
  });
  for (const one of stored.totals) {
    if (counted.has(`${one.enrollmentId} ${one.lessonId}`)) continue;
    compareWith('lesson_total', one)('creditedMs', one.creditedMs, undefined);
  }
  for (const one of stored.lessonDays) {
    if (counted.has(`${one.enrollmentId} ${one.lessonId}`)) continue;
    compareDays(compareWith('lesson_day', one), [one], [], ['creditedMs', 'spentMs']);
  }
  compareDays(compareWith('learner_day'), stored.learnerDays, sumLearnerDays(learnerDays), [
    'creditedMs',
    'spentMs',
    'presenceMs',
  ]);
  const compare = compareWith('learner_stream');
  compare('foldedToAt', stored.stream?.foldedToAt, foldedToAt);
  const presenceMs = learnerDays.reduce((sum, day) => sum + day.presenceMs, 0);
  compare('presenceSpentMs', stored.stream?.presenceSpentMs, presenceMs);
  await reconcileCorrections(db, personId, compareWith);
  return differences;
}

async function loadStored(db: Db, personId: string) {
  const totals = await db
    .selectFrom('lesson_total')
    .selectAll()
    .where('person_id', '=', personId)
    .execute();
  const lessonDays = await db
    .selectFrom('lesson_day')
    .innerJoin('enrollment', 'enrollment.id', 'lesson_day.enrollment_id')
    .where('enrollment.person_id', '=', personId)
    .select([
      'lesson_day.enrollment_id as enrollmentId',
      'lesson_day.lesson_id as lessonId',
      'lesson_day.day',
      'lesson_day.credited_ms as creditedMs',
      'lesson_day.spent_ms as spentMs',
    ])
    .execute();
  const learnerDays = await db
    .selectFrom('learner_day')
    .where('person_id', '=', personId)
    .select([
      'day',
      'credited_ms as creditedMs',
      'spent_ms as spentMs',
      'presence_ms as presenceMs',
    ])
    .execute();
  const stream = await db
    .selectFrom('learner_stream')
    .where('person_id', '=', personId)
    .select(['folded_to_at as foldedToAt', 'presence_spent_ms as presenceSpentMs'])
    .executeTakeFirst();
  return { totals: totals.map(toLessonTotal), lessonDays, learnerDays, stream };
}
