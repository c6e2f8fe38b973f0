import { sql } from 'kysely';
import type { Trx } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import { completeEnrollment } from '../classes/complete-enrollment.server';
import { tellLearner } from '../classes/tell-learner.server';
import { Invalid, NotFound } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { addToRollUps } from './add-to-roll-ups.server';
import { outOfBounds } from './corrections';
import { getCorrectionBounds } from './correction-bounds.server';
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
 * Writes a decision beside the law, with totals, roll-ups, completion, audit row and word to the learner; the
 * caller's transaction holds the learner's lock, and this is the last it does. Throws NotFound for somebody who only
 * applied and for a lesson the enrollment never had, Invalid for a day outside the class or an amount out of bounds
 * (`outOfBounds`).
 */
export async function addCorrection(trx: Trx, decided: DecidedCorrection): Promise<void> {
  const { enrollmentId, lessonId, day, ms, reason, appealId, decidedBy, now } = decided;
  const own = await trx
    .selectFrom('enrollment')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .select([
      'enrollment.person_id as personId',
      'training_class.organization_id as organizationId',
    ])
    .where('enrollment.id', '=', enrollmentId)
    .where('enrollment.status', '!=', 'applied')
    .executeTakeFirst();
  if (!own) throw new NotFound();
  const bounds = await getCorrectionBounds(trx, decided);
  if (day < bounds.firstDay || day > dayAt(now, decided.zone).day) {
    throw new Invalid([{ pointer: '/day', message: 'day' }]);
  }
  const wrong = outOfBounds(ms, bounds);
  if (wrong) throw new Invalid([{ pointer: '/time', message: wrong }]);
  const id = newId();
  await trx
    .insertInto('correction')
    .values({
      id,
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
  await tellLearner(trx, {
    ...{ enrollmentId, sentBy: decidedBy, body: reason, now },
    about: { appealId, correctionId: id },
  });
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
