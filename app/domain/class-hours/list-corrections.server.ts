import type { Db } from '~db/client.server';
import type { Correction } from './corrections';

/** All corrections of one enrollment and lesson, in the order in which they were decided. */
export function listCorrections(
  db: Db,
  { enrollmentId, lessonId }: { enrollmentId: string; lessonId: string },
): Promise<Correction[]> {
  return db
    .selectFrom('correction')
    .innerJoin('person', 'person.id', 'correction.decided_by')
    .select([
      'correction.day',
      'correction.ms',
      'correction.cause',
      'correction.reason',
      'person.name as by',
      'correction.decided_at as at',
      'correction.appeal_id as appealId',
    ])
    .where('correction.enrollment_id', '=', enrollmentId)
    .where('correction.lesson_id', '=', lessonId)
    .orderBy('correction.decided_at')
    .orderBy('correction.day')
    .orderBy('correction.id')
    .execute();
}
