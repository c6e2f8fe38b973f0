import type { Db, Trx } from '~db/client.server';

/** The number and the first day of a class's next settlement. */
export interface NextPeriod {
  number: number;
  fromDay: string;
}

/** The day after a day, both `YYYY-MM-DD`. */
export const dayAfter = (day: string, days = 1) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Settlements follow one another without a gap; the first begins with the class, or with its first credited day. */
export async function nextPeriod(
  db: Db | Trx,
  { id: classId, startsOn }: { id: string; startsOn: string },
): Promise<NextPeriod> {
  const last = await db
    .selectFrom('settlement')
    .select(['number', 'to_day'])
    .where('class_id', '=', classId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last) return { number: last.number + 1, fromDay: dayAfter(last.to_day) };
  const first = await db
    .selectFrom('lesson_day')
    .innerJoin('enrollment', 'enrollment.id', 'lesson_day.enrollment_id')
    .where('enrollment.class_id', '=', classId)
    .select(({ fn }) => fn.min<string | null>('day').as('day'))
    .executeTakeFirst();
  const fromDay = first?.day && first.day < startsOn ? first.day : startsOn;
  return { number: 1, fromDay };
}
