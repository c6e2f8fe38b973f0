import { sql } from 'kysely';
import type { Db } from '~db/client.server';

/** All credit of a class as it stands now, corrections and all, and how much of it is settled; ms. */
export async function sumCredit(
  db: Db,
  classId: string,
): Promise<{ creditedMs: number; settledMs: number; openMs: number }> {
  const { credited } = await db
    .selectFrom('lesson_day')
    .innerJoin('enrollment', 'enrollment.id', 'lesson_day.enrollment_id')
    .where('enrollment.class_id', '=', classId)
    .select(sql<number>`coalesce(sum(credited_ms + corrected_ms), 0)`.as('credited'))
    .executeTakeFirstOrThrow();
  const { settled } = await db
    .selectFrom('settlement_line')
    .innerJoin('settlement', 'settlement.id', 'settlement_line.settlement_id')
    .where('settlement.class_id', '=', classId)
    .select(sql<number>`coalesce(sum(credited_ms + adjustment_ms), 0)`.as('settled'))
    .executeTakeFirstOrThrow();
  const [creditedMs, settledMs] = [Number(credited), Number(settled)];
  return { creditedMs, settledMs, openMs: creditedMs - settledMs };
}
