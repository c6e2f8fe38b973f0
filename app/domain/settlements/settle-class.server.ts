import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { getManagedClass } from '../classes/get-managed-class.server';
import { lockClass } from '../classes/lock-class.server';
import { Conflict, Invalid } from '../shared/errors';
import { inChunks } from '../shared/in-chunks';
import { newId } from '../shared/new-id.server';
import { loadCredits } from './load-credits.server';
import { nextPeriod } from './next-period.server';
import type { SettlementForm } from './settlement-form';
import { settlementLines, sumOf } from './settlement-lines';

const ROWS_A_STATEMENT = 500;

/**
 * Closes a class's days up to `toDay`: writes what each learner is credited then, and what changed for days closed
 * before. Answers the settlement's number. Throws what getManagedClass throws, Invalid for days that have
 * not ended or are closed, Conflict('settled-meanwhile' | 'figures-changed') when what was confirmed is no longer
 * what would be written; nothing is written then. `today` is the platform's, `now` epoch ms.
 */
export async function settleClass(
  db: Db,
  viewer: Viewer,
  input: { classId: string; form: SettlementForm; today: string; now: number },
): Promise<number> {
  const { classId, form, today, now } = input;
  await getManagedClass(db, viewer, classId);
  return db.transaction().execute(async (trx) => {
    await lockClass(trx, classId);
    const trainingClass = await getManagedClass(trx, viewer, classId);
    const { number, fromDay } = await nextPeriod(trx, trainingClass);
    if (number !== form.number) {
      throw new Conflict('settled-meanwhile', 'Somebody settled first. Nothing was written.');
    }
    if (form.toDay >= today) throw new Invalid([{ pointer: '/toDay', message: 'not-ended' }]);
    if (form.toDay < fromDay) throw new Invalid([{ pointer: '/toDay', message: 'closed-before' }]);
    const lines = settlementLines(await loadCredits(trx, classId, fromDay, form.toDay));
    if (sumOf(lines) !== form.totalMs) {
      throw new Conflict('figures-changed', 'The figures have changed. Nothing was written.');
    }
    const id = newId();
    await trx
      .insertInto('settlement')
      .values({
        id,
        class_id: classId,
        number,
        from_day: fromDay,
        to_day: form.toDay,
        minutes_per_class_hour: trainingClass.minutesPerClassHour,
        settled_by: viewer.personId,
        settled_at: now,
        note: form.note,
      })
      .execute();
    for (const some of inChunks(lines, ROWS_A_STATEMENT)) {
      await trx
        .insertInto('settlement_line')
        .values(
          some.map((line) => ({
            settlement_id: id,
            enrollment_id: line.enrollmentId,
            credited_ms: line.creditedMs,
            adjustment_ms: line.adjustmentMs,
          })),
        )
        .execute();
    }
    await recordAudit(trx, {
      at: now,
      actorId: viewer.personId,
      organizationId: trainingClass.organizationId,
      action: 'settle-class',
      subjectType: 'class',
      subjectId: classId,
      detail: { number, from: fromDay, to: form.toDay, learners: lines.length, ms: form.totalMs },
    });
    return number;
  });
}
