import type { Trx } from '~db/client.server';
import { toLessonTotal, type LessonTotal } from './lesson-totals.server';
import { parseRanges, serialiseRanges, type Ranges } from './ranges';
import { NOTHING_STORED, type SessionReach } from './session-log';

/** Where one session and its lesson stand before new beats. */
export interface SessionStanding {
  endedAt: number | null;
  reach: SessionReach;
  /** False for the first beats of a session, and where the totals were taken away to be rebuilt. */
  reachKnown: boolean;
  /** When the session was in touch before this contact; empty where the reach is not known. */
  inTouch: Ranges;
  total: LessonTotal | undefined;
  /** The length of the media the learner's newest session on this lesson started with. */
  lengthMs: number;
}

/** The standings of these sessions; the learners are locked, so that they stay as they are. */
export async function loadStandings(
  trx: Trx,
  sessionIds: readonly string[],
): Promise<Map<string, SessionStanding>> {
  const rows = await trx
    .selectFrom('watch_session')
    .leftJoin('session_total', 'session_total.session_id', 'watch_session.id')
    .leftJoin('lesson_total', (join) =>
      join
        .onRef('lesson_total.enrollment_id', '=', 'watch_session.enrollment_id')
        .onRef('lesson_total.lesson_id', '=', 'watch_session.lesson_id'),
    )
    .where('watch_session.id', 'in', sessionIds)
    .select((eb) => [
      'watch_session.id',
      'watch_session.enrollment_id',
      'watch_session.lesson_id',
      'watch_session.person_id',
      'watch_session.ended_at',
      'session_total.ack_seq',
      'session_total.last_seq',
      'session_total.wall_to_ms',
      'session_total.in_touch',
      'lesson_total.credited_ms',
      'lesson_total.covered_ms',
      'lesson_total.spent_ms',
      'lesson_total.coverage',
      'lesson_total.folded_to_at',
      'lesson_total.last_media_ms',
      'lesson_total.last_studied_at',
      'lesson_total.complete',
      eb
        .selectFrom('watch_session as newest')
        .select('newest.duration_ms')
        .whereRef('newest.enrollment_id', '=', 'watch_session.enrollment_id')
        .whereRef('newest.lesson_id', '=', 'watch_session.lesson_id')
        .orderBy('newest.number', 'desc')
        .limit(1)
        .as('length_ms'),
    ])
    .execute();
  return new Map(
    rows.map((row): [string, SessionStanding] => {
      const { ack_seq: ackSeq, last_seq: lastSeq, wall_to_ms: wallToMs } = row;
      const known = ackSeq !== null && lastSeq !== null && wallToMs !== null;
      const { credited_ms, covered_ms, spent_ms, coverage, folded_to_at } = row;
      const { last_media_ms, last_studied_at, complete } = row;
      const total =
        credited_ms === null ||
        covered_ms === null ||
        spent_ms === null ||
        coverage === null ||
        folded_to_at === null ||
        last_media_ms === null ||
        last_studied_at === null ||
        complete === null
          ? undefined
          : toLessonTotal({
              enrollment_id: row.enrollment_id,
              lesson_id: row.lesson_id,
              person_id: row.person_id,
              credited_ms,
              covered_ms,
              spent_ms,
              coverage,
              folded_to_at,
              last_media_ms,
              last_studied_at,
              complete,
            });
      return [
        row.id,
        {
          endedAt: row.ended_at,
          reach: known ? { ackSeq, lastSeq, wallToMs } : NOTHING_STORED,
          reachKnown: known,
          inTouch: row.in_touch === null ? [] : parseRanges(row.in_touch),
          total,
          lengthMs: row.length_ms ?? 0,
        },
      ];
    }),
  );
}

/** Writes how far the sessions' stored beats reach, and when they were in touch. */
export async function saveReaches(
  trx: Trx,
  reaches: readonly { sessionId: string; reach: SessionReach; inTouch: Ranges }[],
): Promise<void> {
  if (reaches.length === 0) return;
  await trx
    .insertInto('session_total')
    .values(
      reaches.map(({ sessionId, reach, inTouch }) => ({
        session_id: sessionId,
        ack_seq: reach.ackSeq,
        last_seq: reach.lastSeq,
        wall_to_ms: reach.wallToMs,
        in_touch: serialiseRanges(inTouch),
      })),
    )
    .onConflict((conflict) =>
      conflict.column('session_id').doUpdateSet((eb) => ({
        ack_seq: eb.ref('excluded.ack_seq'),
        last_seq: eb.ref('excluded.last_seq'),
        wall_to_ms: eb.ref('excluded.wall_to_ms'),
        in_touch: eb.ref('excluded.in_touch'),
      })),
    )
    .execute();
}
