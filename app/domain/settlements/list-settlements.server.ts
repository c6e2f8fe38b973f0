import { sql } from 'kysely';
import type { Db } from '~db/client.server';

export interface Settlement {
  id: string;
  number: number;
  fromDay: string;
  toDay: string;
  minutesPerClassHour: number;
  settledAt: number;
  settledBy: string;
  note: string;
  learners: number;
  creditedMs: number;
  adjustmentMs: number;
}

/** A class's settlements with their sums, the newest first; only the one with `number`, where it is given. */
export async function listSettlements(
  db: Db,
  classId: string,
  number?: number,
): Promise<Settlement[]> {
  const rows = await db
    .selectFrom('settlement')
    .innerJoin('person', 'person.id', 'settlement.settled_by')
    .leftJoin('settlement_line', 'settlement_line.settlement_id', 'settlement.id')
    .where('settlement.class_id', '=', classId)
    .$if(number !== undefined, (query) => query.where('settlement.number', '=', number!))
    .groupBy(['settlement.id', 'person.id'])
    .select(['settlement.id', 'settlement.number', 'from_day as fromDay', 'to_day as toDay'])
    .select(['minutes_per_class_hour as minutesPerClassHour', 'settled_at as settledAt'])
    .select(['person.name as settledBy', 'note'])
    .select(({ fn }) => fn.count<number>('settlement_line.enrollment_id').as('learners'))
    .select([
      sql<number>`coalesce(sum(settlement_line.credited_ms), 0)`.as('creditedMs'),
      sql<number>`coalesce(sum(settlement_line.adjustment_ms), 0)`.as('adjustmentMs'),
    ])
    .orderBy('settlement.number', 'desc')
    .execute();
  return rows.map((row) => ({
    ...row,
    learners: Number(row.learners),
    creditedMs: Number(row.creditedMs),
    adjustmentMs: Number(row.adjustmentMs),
  }));
}
