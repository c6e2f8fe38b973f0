import type { Db, Trx } from '~db/client.server';
import { NotFound } from '../shared/errors';
import { findStudiedLesson } from './find-studied-lesson.server';

/** What a correction is measured by, in ms; credit as shown, corrections included. */
export interface CorrectionBounds {
  dayMs: number;
  lessonMs: number;
  /** Of the video as the learner last opened it; before they did, of the version that the class studies. */
  lengthMs: number;
}

/** Throws NotFound for a lesson that is neither in the enrollment's class nor studied in it. */
export async function getCorrectionBounds(
  db: Db | Trx,
  wanted: { enrollmentId: string; lessonId: string; day: string },
): Promise<CorrectionBounds> {
  const { enrollmentId, lessonId, day } = wanted;
  const total = await db
    .selectFrom('lesson_total')
    .select((eb) => eb('credited_ms', '+', eb.ref('corrected_ms')).as('ms'))
    .where('enrollment_id', '=', enrollmentId)
    .where('lesson_id', '=', lessonId)
    .executeTakeFirst();
  const ofDay = await db
    .selectFrom('lesson_day')
    .select((eb) => eb('credited_ms', '+', eb.ref('corrected_ms')).as('ms'))
    .where('enrollment_id', '=', enrollmentId)
    .where('lesson_id', '=', lessonId)
    .where('day', '=', day)
    .executeTakeFirst();
  const lengthMs = await findLength(db, wanted);
  return { dayMs: ofDay?.ms ?? 0, lessonMs: total?.ms ?? 0, lengthMs };
}

async function findLength(
  db: Db | Trx,
  { enrollmentId, lessonId }: { enrollmentId: string; lessonId: string },
): Promise<number> {
  const opened = await db
    .selectFrom('watch_session')
    .select('duration_ms')
    .where('enrollment_id', '=', enrollmentId)
    .where('lesson_id', '=', lessonId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (opened) return opened.duration_ms;
  const { personId } = await db
    .selectFrom('enrollment')
    .select('person_id as personId')
    .where('id', '=', enrollmentId)
    .executeTakeFirstOrThrow();
  const lesson = await findStudiedLesson(db, { personId, enrollmentId, lessonId });
  if (!lesson) throw new NotFound();
  return lesson.media?.durationMs ?? 0;
}
