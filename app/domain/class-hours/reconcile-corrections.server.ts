import type { Db } from '~db/client.server';

/** Takes a figure of one lesson as stored and as counted anew. */
type Compare = (figure: string, stored: unknown, counted: unknown) => void;

/** Adds up a learner's decisions anew and holds them against what is stored beside totals and days. */
export async function reconcileCorrections(
  db: Db,
  personId: string,
  compareWith: (enrollmentId: string, lessonId: string) => Compare,
): Promise<void> {
  const decided = await db
    .selectFrom('correction')
    .innerJoin('enrollment', 'enrollment.id', 'correction.enrollment_id')
    .where('enrollment.person_id', '=', personId)
    .where('correction.cause', '=', 'decision')
    .select(['correction.enrollment_id', 'correction.lesson_id', 'correction.day', 'correction.ms'])
    .execute();
  const totals = await db
    .selectFrom('lesson_total')
    .where('person_id', '=', personId)
    .select(['enrollment_id', 'lesson_id', 'corrected_ms'])
    .execute();
  const days = await db
    .selectFrom('lesson_day')
    .innerJoin('enrollment', 'enrollment.id', 'lesson_day.enrollment_id')
    .where('enrollment.person_id', '=', personId)
    .select([
      'lesson_day.enrollment_id',
      'lesson_day.lesson_id',
      'lesson_day.day',
      'lesson_day.corrected_ms',
    ])
    .execute();
  const figures = new Map<
    string,
    { of: [string, string]; figure: string; is: number; was: number }
  >();
  const note = (of: [string, string], figure: string, was: number, is: number) => {
    const key = [...of, figure].join(' ');
    const known = figures.get(key) ?? { of, figure, is: 0, was: 0 };
    figures.set(key, { ...known, was: known.was + was, is: known.is + is });
  };
  for (const row of totals) {
    note([row.enrollment_id, row.lesson_id], 'correctedMs', row.corrected_ms, 0);
  }
  for (const row of days) {
    note([row.enrollment_id, row.lesson_id], `${row.day} correctedMs`, row.corrected_ms, 0);
  }
  for (const row of decided) {
    note([row.enrollment_id, row.lesson_id], 'correctedMs', 0, row.ms);
    note([row.enrollment_id, row.lesson_id], `${row.day} correctedMs`, 0, row.ms);
  }
  for (const { of, figure, was, is } of figures.values()) compareWith(...of)(figure, was, is);
}
