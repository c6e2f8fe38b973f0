import type { Db, Trx } from '~db/client.server';

/** What each of these learners is credited on that day, over all their classes, in ms; 0 is left out. */
export async function loadCreditedOn(
  db: Db | Trx,
  personIds: readonly string[],
  day: string,
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('enrollment')
    .innerJoin('lesson_day', 'lesson_day.enrollment_id', 'enrollment.id')
    .where('enrollment.person_id', 'in', personIds)
    .where('lesson_day.day', '=', day)
    .groupBy('enrollment.person_id')
    .select(({ fn }) => [
      'enrollment.person_id',
      fn.sum<number>('lesson_day.credited_ms').as('credited_ms'),
    ])
    .execute();
  return new Map(rows.map((row) => [row.person_id, row.credited_ms]));
}
