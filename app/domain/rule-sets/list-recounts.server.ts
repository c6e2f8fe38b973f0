import type { Db } from '~db/client.server';

/** By how much other rules changed a lesson's credit on a day; the credit shown has it already. */
export interface RecountNote {
  day: string;
  /** Positive or negative. */
  ms: number;
  reason: string;
  /** The name of who decided it. */
  by: string;
  /** When the learner was counted anew, epoch ms. */
  at: number;
}

/** The recounts of one lesson of an enrollment, by day. Who may know is the caller's matter. */
export function listRecounts(
  db: Db,
  of: { enrollmentId: string; lessonId: string },
): Promise<RecountNote[]> {
  return db
    .selectFrom('correction')
    .innerJoin('person', 'person.id', 'correction.decided_by')
    .select(['correction.day', 'correction.ms', 'correction.reason', 'person.name as by'])
    .select('correction.decided_at as at')
    .where('correction.enrollment_id', '=', of.enrollmentId)
    .where('correction.lesson_id', '=', of.lessonId)
    .where('correction.cause', '=', 'recount')
    .orderBy('correction.day')
    .orderBy('correction.decided_at')
    .orderBy('correction.id')
    .execute();
}
