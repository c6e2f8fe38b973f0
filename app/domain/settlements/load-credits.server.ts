import { sql } from 'kysely';
import type { Db, Trx } from '~db/client.server';
import type { CreditToSettle } from './settlement-lines';

/** What is to be settled for a learner, with their name. */
export interface LearnerCredit extends CreditToSettle {
  personId: string;
  name: string;
}

/**
 * The credit of each learner of a class before and within the days `fromDay` to `toDay` (included), corrections and all,
 * and what was settled. Learners who have left and were never credited are left out. By name.
 */
export async function loadCredits(
  db: Db | Trx,
  classId: string,
  fromDay: string,
  toDay: string,
): Promise<LearnerCredit[]> {
  const rows = await db
    .selectFrom('enrollment')
    .innerJoin('person', 'person.id', 'enrollment.person_id')
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('lesson_day')
          .innerJoin('enrollment as of_class', 'of_class.id', 'lesson_day.enrollment_id')
          .where('of_class.class_id', '=', classId)
          .where('day', '<=', toDay)
          .groupBy('lesson_day.enrollment_id')
          .select('lesson_day.enrollment_id')
          .select([
            sql<number>`sum(case when day < ${fromDay} then credited_ms + corrected_ms else 0 end)`.as(
              'before_ms',
            ),
            sql<number>`sum(case when day < ${fromDay} then 0 else credited_ms + corrected_ms end)`.as(
              'period_ms',
            ),
          ])
          .as('credit'),
      (join) => join.onRef('credit.enrollment_id', '=', 'enrollment.id'),
    )
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('settlement_line')
          .innerJoin('settlement', 'settlement.id', 'settlement_line.settlement_id')
          .where('settlement.class_id', '=', classId)
          .groupBy('settlement_line.enrollment_id')
          .select('settlement_line.enrollment_id')
          .select(sql<number>`sum(credited_ms + adjustment_ms)`.as('settled_ms'))
          .as('settled'),
      (join) => join.onRef('settled.enrollment_id', '=', 'enrollment.id'),
    )
    .where('enrollment.class_id', '=', classId)
    .select(['enrollment.id as enrollmentId', 'enrollment.status', 'person.id as personId'])
    .select(['person.name', 'credit.before_ms', 'credit.period_ms', 'settled.settled_ms'])
    .orderBy('person.name')
    .orderBy('enrollment.id')
    .execute();
  return rows
    .map(({ status, before_ms, period_ms, settled_ms, ...row }) => ({
      ...row,
      isIn: status === 'enrolled' || status === 'completed',
      beforeMs: Number(before_ms ?? 0),
      periodMs: Number(period_ms ?? 0),
      settledMs: Number(settled_ms ?? 0),
    }))
    .filter((row) => row.isIn || row.beforeMs || row.periodMs || row.settledMs)
    .map(({ isIn: _, ...row }) => row);
}
