import type { Db, Trx } from '~db/client.server';
import { NotFound } from '../shared/errors';
import { findStudiedLesson } from './find-studied-lesson.server';

/** What a correction is measured by, in ms; credit as shown, corrections included. */
export interface CorrectionBounds {
  /** The first day of the class. */
  firstDay: string;
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
  const { personId, firstDay } = await db
    .selectFrom('enrollment')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .select(['enrollment.person_id as personId', 'training_class.starts_on as firstDay'])
    .where('enrollment.id', '=', enrollmentId)
    .executeTakeFirstOrThrow();
  const lengthMs = await findLength(db, { personId, enrollmentId, lessonId });
  return { firstDay, dayMs: ofDay?.ms ?? 0, lessonMs: total?.ms ?? 0, lengthMs };
}

async function findLength(
  db: Db | Trx,
  wanted: { personId: string; enrollmentId: string; lessonId: string },
): Promise<number> {
  const opened = await db
    .selectFrom('watch_session')
    .select('duration_ms')
    .where('enrollment_id', '=', wanted.enrollmentId)
    .where('lesson_id', '=', wanted.lessonId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (opened) return opened.duration_ms;
  const lesson = await findStudiedLesson(db, wanted);
  if (!lesson) throw new NotFound();
  return lesson.media?.durationMs ?? 0;
}
