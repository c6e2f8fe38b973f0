import type { Db } from '~db/client.server';

/** Takes a figure of one lesson as stored and as counted anew. */
type Compare = (figure: string, stored: unknown, counted: unknown) => void;

interface Lesson {
  enrollmentId: string;
  lessonId: string;
}

/** Adds up a learner's decisions anew and holds them against what is stored beside totals and days. */
export async function reconcileCorrections(
  db: Db,
  personId: string,
  compareWith: (table: string, lesson: Lesson) => Compare,
): Promise<void> {
  const decided = await db
    .selectFrom('correction')
    .innerJoin('enrollment', 'enrollment.id', 'correction.enrollment_id')
    .where('enrollment.person_id', '=', personId)
    .where('correction.cause', '=', 'decision')
    .select([
      'correction.enrollment_id as enrollmentId',
      'correction.lesson_id as lessonId',
      'correction.day',
      'correction.ms',
    ])
    .execute();
  const totals = await db
    .selectFrom('lesson_total')
    .where('person_id', '=', personId)
    .where('corrected_ms', '<>', 0)
    .select(['enrollment_id as enrollmentId', 'lesson_id as lessonId', 'corrected_ms as ms'])
    .execute();
  const days = await db
    .selectFrom('lesson_day')
    .innerJoin('enrollment', 'enrollment.id', 'lesson_day.enrollment_id')
    .where('enrollment.person_id', '=', personId)
    .where('lesson_day.corrected_ms', '<>', 0)
    .select([
      'lesson_day.enrollment_id as enrollmentId',
      'lesson_day.lesson_id as lessonId',
      'lesson_day.day',
      'lesson_day.corrected_ms as ms',
    ])
    .execute();
  const figures = new Map<
    string,
    { table: string; of: Lesson; figure: string; stored: number; counted: number }
  >();
  const note = (table: string, of: Lesson, day: string, stored: number, counted: number) => {
    const figure = day === '' ? 'correctedMs' : `${day} correctedMs`;
    const key = [of.enrollmentId, of.lessonId, figure].join(' ');
    const known = figures.get(key) ?? { table, of, figure, stored: 0, counted: 0 };
    known.stored += stored;
    known.counted += counted;
    figures.set(key, known);
  };
  for (const { ms, ...of } of totals) note('lesson_total', of, '', ms, 0);
  for (const { ms, day, ...of } of days) note('lesson_day', of, day, ms, 0);
  for (const { ms, day, ...of } of decided) {
    note('lesson_total', of, '', 0, ms);
    note('lesson_day', of, day, 0, ms);
  }
  for (const { table, of, figure, stored, counted } of figures.values()) {
    compareWith(table, of)(figure, stored, counted);
  }
}
