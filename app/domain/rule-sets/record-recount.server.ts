import type { Trx } from '~db/client.server';
import type { RecountedLesson } from '../class-hours/fold-under-rules.server';
import { inChunks } from '../shared/in-chunks';
import { newId } from '../shared/new-id.server';

const ROWS_A_STATEMENT = 100;

/**
 * Notes for each lesson and day what other rules made of its credit, with who decided it and why. The credit of
 * the law has it already; the note tells why it changed. `now` is the moment of the recount, epoch ms.
 */
export async function recordRecount(
  trx: Trx,
  lessons: readonly RecountedLesson[],
  given: { reason: string; decidedBy: string; now: number },
): Promise<void> {
  const rows = lessons.flatMap(({ enrollmentId, lessonId, days }) =>
    days.map(({ day, ms }) => ({
      id: newId(),
      enrollment_id: enrollmentId,
      lesson_id: lessonId,
      day,
      ms,
      cause: 'recount' as const,
      reason: given.reason,
      decided_by: given.decidedBy,
      decided_at: given.now,
      appeal_id: null,
    })),
  );
  for (const some of inChunks(rows, ROWS_A_STATEMENT)) {
    await trx.insertInto('correction').values(some).execute();
  }
}
