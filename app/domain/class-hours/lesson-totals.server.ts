import { sql } from 'kysely';
import type { Db, Trx } from '~db/client.server';
import { prepareWrites, type Write } from '~db/row-statement';
import type { LessonTotalTable } from '~db/tables/class-hours';
import type { DayCredit, LessonSnapshot, SessionBeat } from './crediting';
import { isComplete } from './figures';
import { parseRanges, serialiseRanges } from './ranges';
import { dayAt } from './platform-day';
import { ruleSetOn, type LessonLaw } from './rule-set';

/** The total of one learner in one lesson of one class. */
export interface LessonTotal extends LessonSnapshot {
  enrollmentId: string;
  lessonId: string;
  personId: string;
  /** Where the media stood when the learner last played it. */
  lastMediaMs: number;
  /** When they last played it, epoch ms; 0 before they did. */
  lastStudiedAt: number;
  complete: boolean;
}

export type LessonKey = Pick<LessonTotal, 'enrollmentId' | 'lessonId' | 'personId'>;

/** Where a lesson was last played. */
export interface LastPlayed {
  lastMediaMs: number;
  lastStudiedAt: number;
}

/** The total a stored row stands for. */
export function toLessonTotal(row: Omit<LessonTotalTable, 'corrected_ms'>): LessonTotal {
  return {
    enrollmentId: row.enrollment_id,
    lessonId: row.lesson_id,
    personId: row.person_id,
    coverage: parseRanges(row.coverage),
    coveredMs: row.covered_ms,
    spentMs: row.spent_ms,
    creditedMs: row.credited_ms,
    foldedToAt: row.folded_to_at,
    lastMediaMs: row.last_media_ms,
    lastStudiedAt: row.last_studied_at,
    complete: row.complete === 1,
  };
}

/**
 * The later of `known` and where the beats last played: the greatest wall end, not after the arrival that told
 * of it; of two that end together the further in the media, so that the order of beats cannot matter.
 */
export function lastPlayed(known: LastPlayed, beats: readonly SessionBeat[]): LastPlayed {
  let last = known;
  for (const { session, beat } of beats) {
    if (beat.wallFromMs === beat.wallToMs || beat.mediaFromMs === beat.mediaToMs) continue;
    const at = Math.min(session.startedAt + beat.wallToMs, beat.arrivedAt);
    const mediaMs = Math.min(beat.mediaToMs, session.durationMs);
    if (at < last.lastStudiedAt) continue;
    if (at === last.lastStudiedAt && mediaMs <= last.lastMediaMs) continue;
    last = { lastStudiedAt: at, lastMediaMs: mediaMs };
  }
  return last;
}

/** The total a fold amounts to; `lengthMs` is the length of the newest session's media. */
export function totalOf(
  key: LessonKey,
  snapshot: LessonSnapshot,
  last: LastPlayed,
  law: Pick<LessonLaw, 'ruleSets' | 'zone'>,
  lengthMs: number,
): LessonTotal {
  const { coverage, coveredMs, spentMs, creditedMs, foldedToAt } = snapshot;
  const { maxSpeed } = ruleSetOn(law, dayAt(foldedToAt, law.zone).day);
  return {
    enrollmentId: key.enrollmentId,
    lessonId: key.lessonId,
    personId: key.personId,
    coverage,
    coveredMs,
    spentMs,
    creditedMs,
    foldedToAt,
    lastMediaMs: last.lastMediaMs,
    lastStudiedAt: last.lastStudiedAt,
    complete: isComplete({ coveredMs, spentMs, lengthMs, maxSpeed }),
  };
}

/** The stored total of a lesson with what decisions added, or undefined before the first beat. */
export async function findLessonTotal(
  db: Db | Trx,
  key: { enrollmentId: string; lessonId: string },
): Promise<(LessonTotal & { correctedMs: number }) | undefined> {
  const row = await db
    .selectFrom('lesson_total')
    .selectAll()
    .where('enrollment_id', '=', key.enrollmentId)
    .where('lesson_id', '=', key.lessonId)
    .executeTakeFirst();
  return row && { ...toLessonTotal(row), correctedMs: row.corrected_ms };
}

const writeTotals = prepareWrites(
  {
    enrollment_id: 'text',
    lesson_id: 'text',
    person_id: 'text',
    credited_ms: 'bigint',
    covered_ms: 'bigint',
    spent_ms: 'bigint',
    coverage: 'text',
    folded_to_at: 'bigint',
    last_media_ms: 'bigint',
    last_studied_at: 'bigint',
    complete: 'bigint',
  },
  ({ values }) => sql`
    insert into lesson_total (enrollment_id, lesson_id, person_id, credited_ms, covered_ms, spent_ms,
      coverage, folded_to_at, last_media_ms, last_studied_at, complete)
    ${values}
    on conflict (enrollment_id, lesson_id) do update set credited_ms = excluded.credited_ms,
      covered_ms = excluded.covered_ms, spent_ms = excluded.spent_ms, coverage = excluded.coverage,
      folded_to_at = excluded.folded_to_at, last_media_ms = excluded.last_media_ms,
      last_studied_at = excluded.last_studied_at, complete = excluded.complete`,
);

const figuresOf = (total: LessonTotal) => [
  total.creditedMs,
  total.coveredMs,
  total.spentMs,
  serialiseRanges(total.coverage),
  total.foldedToAt,
  total.lastMediaMs,
  total.lastStudiedAt,
  total.complete ? 1 : 0,
];

/** To write totals over what stood there, if anything did. */
export const totalsOf = (totals: readonly LessonTotal[]): Write =>
  writeTotals(
    totals.map((total) => {
      return [total.enrollmentId, total.lessonId, total.personId, ...figuresOf(total)];
    }),
  );

const writeStoredTotals = prepareWrites(
  {
    credited_ms: 'bigint',
    covered_ms: 'bigint',
    spent_ms: 'bigint',
    coverage: 'text',
    folded_to_at: 'bigint',
    last_media_ms: 'bigint',
    last_studied_at: 'bigint',
    complete: 'bigint',
    enrollment_id: 'text',
    lesson_id: 'text',
  },
  ({ of, from }) => sql`
    update lesson_total set credited_ms = ${of('credited_ms')}, covered_ms = ${of('covered_ms')},
      spent_ms = ${of('spent_ms')}, coverage = ${of('coverage')}, folded_to_at = ${of('folded_to_at')},
      last_media_ms = ${of('last_media_ms')}, last_studied_at = ${of('last_studied_at')},
      complete = ${of('complete')}
    ${from} where lesson_total.enrollment_id = ${of('enrollment_id')}
      and lesson_total.lesson_id = ${of('lesson_id')}`,
);

/** As `totalsOf`, of rows that are there: an update costs half of what an insert that conflicts does. */
export const storedTotalsOf = (totals: readonly LessonTotal[]): Write =>
  writeStoredTotals(
    totals.map((total) => [...figuresOf(total), total.enrollmentId, total.lessonId]),
  );

/** One lesson's credit on one day. */
export interface LessonDay extends DayCredit {
  enrollmentId: string;
  lessonId: string;
}

const addDays = prepareWrites(
  {
    enrollment_id: 'text',
    lesson_id: 'text',
    day: 'text',
    credited_ms: 'bigint',
    spent_ms: 'bigint',
  },
  ({ values }) => sql`
    insert into lesson_day (enrollment_id, lesson_id, day, credited_ms, spent_ms)
    ${values}
    on conflict (enrollment_id, lesson_id, day) do update set
      credited_ms = lesson_day.credited_ms + excluded.credited_ms,
      spent_ms = lesson_day.spent_ms + excluded.spent_ms`,
);

/** To add to the days' credit; a lesson and day must not come twice. */
export const lessonDaysOf = (days: readonly LessonDay[]): Write =>
  addDays(
    days.map(({ enrollmentId, lessonId, day, creditedMs, spentMs }) => {
      return [enrollmentId, lessonId, day, creditedMs, spentMs];
    }),
  );

const addToStoredDays = prepareWrites(
  {
    credited_ms: 'bigint',
    spent_ms: 'bigint',
    enrollment_id: 'text',
    lesson_id: 'text',
    day: 'text',
  },
  ({ of, from }) => sql`
    update lesson_day set credited_ms = lesson_day.credited_ms + ${of('credited_ms')},
      spent_ms = lesson_day.spent_ms + ${of('spent_ms')}
    ${from} where lesson_day.enrollment_id = ${of('enrollment_id')}
      and lesson_day.lesson_id = ${of('lesson_id')} and lesson_day.day = ${of('day')}`,
);

/** As `lessonDaysOf`, of rows that are there. */
export const storedLessonDaysOf = (days: readonly LessonDay[]): Write =>
  addToStoredDays(
    days.map(({ enrollmentId, lessonId, day, creditedMs, spentMs }) => {
      return [creditedMs, spentMs, enrollmentId, lessonId, day];
    }),
  );
