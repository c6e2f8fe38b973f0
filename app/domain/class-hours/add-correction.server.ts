import { sql } from 'kysely';
import type { Trx } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import { completeEnrollment } from '../classes/complete-enrollment.server';
import { Invalid, NotFound } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { addToRollUps } from './add-to-roll-ups.server';
import { outOfBounds } from './corrections';
import { findStudiedLesson } from './find-studied-lesson.server';
import { dayAt } from './platform-day';

export interface DecidedCorrection {
  enrollmentId: string;
  lessonId: string;
  /** Not before the class starts, not after today. */
  day: string;
  /** Signed. */
  ms: number;
  reason: string;
  appealId: string | null;
  decidedBy: string;
  /** Epoch ms. */
  now: number;
  zone: string;
}

/**
 * Writes a decision beside the law, with totals, roll-ups, completion and audit row; the caller's transaction
 * holds the learner's lock, and this is the last it does. Throws NotFound for a lesson the enrollment never had, Invalid for a day outside the class or
 * an amount out of bounds (`outOfBounds`).
 */
export async function addCorrection(trx: Trx, decided: DecidedCorrection): Promise<void> {
  const { enrollmentId, lessonId, day, ms, reason, appealId, decidedBy, now } = decided;
  const own = await trx
    .selectFrom('enrollment')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .select([
      'enrollment.person_id as personId',
      'training_class.organization_id as organizationId',
      'training_class.starts_on as startsOn',
    ])
    .where('enrollment.id', '=', enrollmentId)
    .executeTakeFirstOrThrow();
  if (day < own.startsOn || day > dayAt(now, decided.zone).day) {
    throw new Invalid([{ pointer: '/day', message: 'day' }]);
  }
  const standing = await findStanding(trx, decided);
  const lengthMs = await findLength(trx, { enrollmentId, lessonId, personId: own.personId });
  const wrong = outOfBounds(ms, { ...standing, lengthMs });
  if (wrong) throw new Invalid([{ pointer: '/time', message: wrong }]);
  await trx
    .insertInto('correction')
    .values({
      id: newId(),
      enrollment_id: enrollmentId,
      lesson_id: lessonId,
      day,
      ms,
      cause: 'decision',
      reason,
      decided_by: decidedBy,
      decided_at: now,
      appeal_id: appealId,
    })
    .execute();
  const key = { enrollment_id: enrollmentId, lesson_id: lessonId };
  await trx
    .insertInto('lesson_day')
    .values({ ...key, day, credited_ms: 0, spent_ms: 0, corrected_ms: ms })
    .onConflict((conflict) =>
      conflict
        .columns(['enrollment_id', 'lesson_id', 'day'])
        .doUpdateSet({ corrected_ms: sql`lesson_day.corrected_ms + excluded.corrected_ms` }),
    )
    .execute();
  await trx
    .insertInto('lesson_total')
    .values({
      ...key,
      person_id: own.personId,
      credited_ms: 0,
      covered_ms: 0,
      spent_ms: 0,
      coverage: '[]',
      folded_to_at: 0,
      last_media_ms: 0,
      last_studied_at: 0,
      complete: 0,
      corrected_ms: ms,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['enrollment_id', 'lesson_id'])
        .doUpdateSet({ corrected_ms: sql`lesson_total.corrected_ms + excluded.corrected_ms` }),
    )
    .execute();
  await recordAudit(trx, {
    at: now,
    actorId: decidedBy,
    organizationId: own.organizationId,
    action: 'correct-class-hours',
    subjectType: 'enrollment',
    subjectId: enrollmentId,
    detail: { lessonId, day, ms, reason },
  });
  await completeEnrollment(trx, { enrollmentId, now });
  await addToRollUps(trx, [{ enrollmentId, lessonId, day, creditedMs: ms, spentMs: 0 }]);
}

/** What is shown as credited so far, corrections included, in ms. */
async function findStanding(
  trx: Trx,
  { enrollmentId, lessonId, day }: DecidedCorrection,
): Promise<{ dayMs: number; lessonMs: number }> {
  const total = await trx
    .selectFrom('lesson_total')
    .select((eb) => eb('credited_ms', '+', eb.ref('corrected_ms')).as('ms'))
    .where('enrollment_id', '=', enrollmentId)
    .where('lesson_id', '=', lessonId)
    .executeTakeFirst();
  const ofDay = await trx
    .selectFrom('lesson_day')
    .select((eb) => eb('credited_ms', '+', eb.ref('corrected_ms')).as('ms'))
    .where('enrollment_id', '=', enrollmentId)
    .where('lesson_id', '=', lessonId)
    .where('day', '=', day)
    .executeTakeFirst();
  return { dayMs: ofDay?.ms ?? 0, lessonMs: total?.ms ?? 0 };
}

/** The length of the video as the learner last opened it; of the class's version before they did. */
async function findLength(
  trx: Trx,
  wanted: { enrollmentId: string; lessonId: string; personId: string },
): Promise<number> {
  const opened = await trx
    .selectFrom('watch_session')
    .select('duration_ms')
    .where('enrollment_id', '=', wanted.enrollmentId)
    .where('lesson_id', '=', wanted.lessonId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (opened) return opened.duration_ms;
  const lesson = await findStudiedLesson(trx, wanted);
  if (!lesson) throw new NotFound();
  return lesson.media?.durationMs ?? 0;
}
