import type { Db, Trx } from '~db/client.server';
import { foldLesson, type LessonFold } from './crediting';
import { loadLaws, type EnrollmentLaw } from './lesson-law.server';
import {
  addLessonDays,
  clearLessonDays,
  lastPlayed,
  saveLessonTotals,
  totalOf,
  type LessonKey,
  type LessonTotal,
} from './lesson-totals.server';
import type { WatchSessionFact } from './rule-set';
import { listBeats } from './stored-beats.server';

/** The learner's sessions on one lesson of one class, in the order in which they were opened. */
export async function listLessonSessions(
  db: Db | Trx,
  key: { enrollmentId: string; lessonId: string },
): Promise<WatchSessionFact[]> {
  const rows = await db
    .selectFrom('watch_session')
    .select(['id', 'number', 'started_at', 'ended_at', 'duration_ms'])
    .where('enrollment_id', '=', key.enrollmentId)
    .where('lesson_id', '=', key.lessonId)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    durationMs: row.duration_ms,
  }));
}

/** The whole law over all stored beats of one enrollment and lesson, and the total it amounts to. */
export async function foldStoredLesson(
  db: Db | Trx,
  key: LessonKey,
  law: EnrollmentLaw,
): Promise<{ fold: LessonFold; total: LessonTotal; sessions: WatchSessionFact[] }> {
  const sessions = await listLessonSessions(db, key);
  const beats = await listBeats(
    db,
    sessions.map(({ id }) => id),
  );
  const fold = foldLesson(sessions, beats, law);
  const played = sessions.flatMap((session) =>
    (beats.get(session.id) ?? []).map((beat) => ({ session, beat })),
  );
  const last = lastPlayed({ lastMediaMs: 0, lastStudiedAt: 0 }, played);
  const lengthMs = sessions[sessions.length - 1]?.durationMs ?? 0;
  return { fold, total: totalOf(key, fold, last, law, lengthMs), sessions };
}

/**
 * Counts one lesson anew from its stored beats and writes its total and days over what stood there. Needed
 * after a late beat and after a fact that reaches back (a next session, a withdrawal, other dates). The
 * learner is locked by the caller.
 */
export async function refoldLesson(
  trx: Trx,
  key: LessonKey,
  law: EnrollmentLaw,
): Promise<LessonTotal> {
  const { fold, total } = await foldStoredLesson(trx, key, law);
  await clearLessonDays(trx, key);
  const { enrollmentId, lessonId } = key;
  await addLessonDays(
    trx,
    fold.byDay.map((day) => ({ ...day, enrollmentId, lessonId })),
  );
  await saveLessonTotals(trx, [total]);
  return total;
}

/** Loads the law of one enrollment; throws when there is no such enrollment. */
export async function loadLaw(
  db: Db | Trx,
  enrollmentId: string,
  zone: string,
): Promise<EnrollmentLaw> {
  const law = (await loadLaws(db, [enrollmentId], zone)).get(enrollmentId);
  if (!law) throw new Error(`There is no enrollment ${enrollmentId}.`);
  return law;
}
