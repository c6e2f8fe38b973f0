import { sql } from 'kysely';
import type { Trx } from '~db/client.server';
import { prepareRows, prepareWrites, type Write } from '~db/row-statement';
import type {
  LessonTotalTable,
  SessionTotalTable,
  WatchSessionTable,
} from '~db/tables/class-hours';
import { toLessonTotal } from './lesson-totals.server';
import { parseRanges, serialiseRanges } from './ranges';
import type { Playing } from './lock-learners.server';
import { NOTHING_STORED } from './session-log';
import type { StudiedLesson, Study } from './study-memory.server';

/** Where one session and its lesson stand before new beats. */
type SessionStanding = Pick<Study, 'endedAt' | 'reach' | 'reachKnown' | 'inTouch'> &
  Pick<StudiedLesson, 'total' | 'correctedMs' | 'lengthMs'>;

type Nullable<Row> = { [Column in keyof Row]: Row[Column] | null };
type StandingRow = Pick<WatchSessionTable, 'id' | 'ended_at'> &
  Pick<WatchSessionTable, 'enrollment_id' | 'lesson_id' | 'person_id'> &
  Nullable<Omit<SessionTotalTable, 'session_id'>> &
  Nullable<Omit<LessonTotalTable, 'enrollment_id' | 'lesson_id' | 'person_id' | 'corrected_ms'>> & {
    corrected_ms: number | null;
    length_ms: number;
  };

// A session that has not ended is its learner's newest, on any lesson.
const findStandings = prepareRows(
  { id: 'text' },
  (given) => sql<StandingRow>`
    select s.id, s.enrollment_id, s.lesson_id, s.person_id, s.ended_at,
      r.ack_seq, r.last_seq, r.wall_to_ms, r.in_touch,
      t.credited_ms, t.covered_ms, t.spent_ms, t.coverage, t.folded_to_at, t.last_media_ms,
      t.last_studied_at, t.complete, t.corrected_ms,
      case when s.ended_at is null then s.duration_ms else (
        select newest.duration_ms from watch_session as newest
        where newest.enrollment_id = s.enrollment_id and newest.lesson_id = s.lesson_id
        order by newest.number desc limit 1
      ) end as length_ms
    from ${given}
    inner join watch_session as s on s.id = given.id
    left join session_total as r on r.session_id = s.id
    left join lesson_total as t on t.enrollment_id = s.enrollment_id and t.lesson_id = s.lesson_id`,
);

/** The standings of these sessions; the learners are locked, so that they stay as they are. */
export async function loadStandings(
  trx: Trx,
  sessionIds: readonly string[],
): Promise<Map<string, SessionStanding>> {
  const rows = await findStandings(
    trx,
    sessionIds.map((id) => [id]),
  );
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
          correctedMs: row.corrected_ms ?? 0,
          lengthMs: row.length_ms,
        },
      ];
    }),
  );
}

const writeReaches = prepareWrites(
  {
    session_id: 'text',
    ack_seq: 'bigint',
    last_seq: 'bigint',
    wall_to_ms: 'bigint',
    in_touch: 'text',
  },
  ({ values }) => sql`
    insert into session_total (session_id, ack_seq, last_seq, wall_to_ms, in_touch)
    ${values}
    on conflict (session_id) do update set ack_seq = excluded.ack_seq, last_seq = excluded.last_seq,
      wall_to_ms = excluded.wall_to_ms, in_touch = excluded.in_touch`,
);

/** To write how far sessions reach that do not play any more (LockedLearner), and when they were in touch. */
export const reachesOf = (sessions: readonly Playing[]): Write =>
  writeReaches(
    sessions.map(({ sessionId, reach: { ackSeq, lastSeq, wallToMs }, inTouch }) => {
      return [sessionId, ackSeq, lastSeq, wallToMs, serialiseRanges(inTouch)];
    }),
  );
