import type { Db } from '~db/client.server';
import { NotFound } from '../shared/errors';
import { listSettlements, type Settlement } from './list-settlements.server';
import type { LearnerLine } from './preview-settlement.server';

/** One settlement of a class with its lines, by name. The caller has asked for the class. Throws NotFound. */
export async function getSettlement(
  db: Db,
  classId: string,
  number: number,
): Promise<Settlement & { lines: LearnerLine[] }> {
  const [found] = Number.isSafeInteger(number) ? await listSettlements(db, classId, number) : [];
  if (!found) throw new NotFound();
  const lines = await db
    .selectFrom('settlement_line')
    .innerJoin('enrollment', 'enrollment.id', 'settlement_line.enrollment_id')
    .innerJoin('person', 'person.id', 'enrollment.person_id')
    .where('settlement_id', '=', found.id)
    .select(['enrollment_id as enrollmentId', 'person.id as personId', 'person.name'])
    .select(['credited_ms as creditedMs', 'adjustment_ms as adjustmentMs'])
    .orderBy('person.name')
    .orderBy('enrollment_id')
    .execute();
  return { ...found, lines };
}
