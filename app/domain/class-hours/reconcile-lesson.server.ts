import type { Db } from '~db/client.server';
import { findLessonTotal } from './lesson-totals.server';
import { foldStoredLesson, loadLaw } from './refold-lesson.server';

/** A total that is not what the stored beats amount to. */
export interface Difference {
  enrollmentId: string;
  lessonId: string;
  /** Such as `creditedMs`, or `2026-11-02 spentMs` of a day. */
  figure: string;
  stored: string;
  counted: string;
}

/** Counts one lesson of one enrollment anew from its beats and names every stored total that differs. */
export async function reconcileLesson(
  db: Db,
  key: { enrollmentId: string; lessonId: string; personId: string },
  zone: string,
): Promise<Difference[]> {
  const law = await loadLaw(db, key.enrollmentId, zone);
  const { fold, total } = await foldStoredLesson(db, key, law);
  const stored = await findLessonTotal(db, key);
  const days = await db
    .selectFrom('lesson_day')
    .select(['day', 'credited_ms', 'spent_ms'])
    .where('enrollment_id', '=', key.enrollmentId)
    .where('lesson_id', '=', key.lessonId)
    .execute();
  const differences: Difference[] = [];
  const compare = (figure: string, storedValue: unknown, countedValue: unknown) => {
    const [left, right] = [JSON.stringify(storedValue ?? 0), JSON.stringify(countedValue ?? 0)];
    if (left === right) return;
    const { enrollmentId, lessonId } = key;
    differences.push({ enrollmentId, lessonId, figure, stored: left, counted: right });
  };
  compare('creditedMs', stored?.creditedMs, total.creditedMs);
  compare('coveredMs', stored?.coveredMs, total.coveredMs);
  compare('spentMs', stored?.spentMs, total.spentMs);
  compare('coverage', stored?.coverage ?? [], total.coverage);
  compare('foldedToAt', stored?.foldedToAt, total.foldedToAt);
  compare('lastMediaMs', stored?.lastMediaMs, total.lastMediaMs);
  compare('lastStudiedAt', stored?.lastStudiedAt, total.lastStudiedAt);
  compare('complete', stored?.complete ?? false, total.complete);
  const storedDays = new Map(days.map((row) => [row.day, row]));
  const countedDays = new Map(fold.byDay.map((row) => [row.day, row]));
  for (const day of new Set([...storedDays.keys(), ...countedDays.keys()])) {
    const [was, is] = [storedDays.get(day), countedDays.get(day)];
    compare(`${day} creditedMs`, was?.credited_ms, is?.creditedMs);
    compare(`${day} spentMs`, was?.spent_ms, is?.spentMs);
  }
  return differences;
}
