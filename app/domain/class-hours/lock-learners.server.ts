import { PostgresAdapter, sql, type Selectable } from 'kysely';
import { randomInt } from 'node:crypto';
import type { Trx } from '~db/client.server';
import { prepareRows, prepareWrites, RowsMissing, type Write } from '~db/row-statement';
import type { LearnerStreamTable } from '~db/tables/class-hours';
import { evidenceMoment } from './moment.server';
import { parseRanges, serialiseRanges, type Ranges } from './ranges';
import type { SessionReach } from './session-log';

/** How far the session reaches that brought a learner's latest beats, and when it was in touch. */
export interface Playing {
  sessionId: string;
  reach: SessionReach;
  inTouch: Ranges;
}

/** A learner under lock until the transaction ends. */
export interface LockedLearner {
  /** The number of their newest session, 0 before the first. */
  lastNumber: number;
  /** Server time of what happens in this transaction, epoch ms; a learner's moments never run back. */
  moment: number;
  /** The end of the last valid time that is folded, epoch ms; 0 before there is any. */
  foldedToAt: number;
  /** Valid time in classes that ask for presence, ms, and how much of it there was at the last check passed. */
  presenceSpentMs: number;
  presenceBaseMs: number;
  /** Where between the rule set's bounds the next check is due; 0 to below 1. */
  presenceDraw: number;
  /** When the check was asked that is not passed yet, epoch ms, or null. */
  openCheckAt: number | null;
  lastCheckPassedAt: number | null;
  /** The session that brought their latest beats; null where its reach is to be found anew. */
  playing: Playing | null;
  /** Of the learner's row, as this transaction left it: it moves on with whatever changes anything of the learner. */
  version: number;
}

const DRAWS = 1_000_000;

/** A new random draw as it is stored; nobody outside can tell when the next check comes. */
export const drawPresence = (): number => randomInt(DRAWS);

const lock = prepareRows(
  { person_id: 'text', at: 'bigint', draw: 'bigint' },
  (given, db) => sql<Selectable<LearnerStreamTable>>`
    insert into learner_stream (person_id, last_number, last_at, folded_to_at, presence_spent_ms,
      presence_base_ms, presence_draw, version)
    select person_id, 0, ${evidenceMoment(db, sql.ref('given.at'))}, 0, 0, 0, draw, 1 from ${given} where true
    on conflict (person_id) do update set last_at =
      case when excluded.last_at > learner_stream.last_at then excluded.last_at else learner_stream.last_at end,
      version = learner_stream.version + 1
    returning person_id, last_number, last_at, folded_to_at, presence_spent_ms, presence_base_ms,
      presence_draw, open_check_at, last_check_passed_at, version, playing_session_id, ack_seq, last_seq,
      wall_to_ms, in_touch`,
);

/**
 * Locks the learners' streams, in one order for all transactions, and moves their clocks on. It is the first
 * statement of whatever stores evidence: on SQLite it takes the write lock before anything is read.
 */
export async function lockLearners(
  trx: Trx,
  personIds: readonly string[],
  now: number,
): Promise<Map<string, LockedLearner>> {
  const ids = [...new Set(personIds)].sort();
  const rows = await lock(
    trx,
    ids.map((id) => [id, now, drawPresence()]),
  );
  return new Map(rows.map((row) => [row.person_id, toLocked(row, row.last_at, row.version)]));
}

const toLocked = (
  row: Selectable<LearnerStreamTable>,
  moment: number,
  version: number,
): LockedLearner => ({
  lastNumber: row.last_number,
  moment,
  foldedToAt: row.folded_to_at,
  presenceSpentMs: row.presence_spent_ms,
  presenceBaseMs: row.presence_base_ms,
  presenceDraw: row.presence_draw / DRAWS,
  openCheckAt: row.open_check_at,
  lastCheckPassedAt: row.last_check_passed_at,
  playing: toPlaying(row),
  version,
});

function toPlaying(row: Selectable<LearnerStreamTable>): Playing | null {
  const { ack_seq: ackSeq, last_seq: lastSeq, wall_to_ms: wallToMs } = row;
  if (row.playing_session_id === null || row.in_touch === null) return null;
  if (ackSeq === null || lastSeq === null || wallToMs === null) return null;
  const reach = { ackSeq, lastSeq, wallToMs };
  return { sessionId: row.playing_session_id, reach, inTouch: parseRanges(row.in_touch) };
}

// The moment is taken outside of it, when the lock is had.
const ROW_LOCKS = sql`order by learner_stream.person_id for update of learner_stream`;

const hold = prepareRows(
  { person_id: 'text', at: 'bigint' },
  (given, db) => sql<Selectable<LearnerStreamTable> & { moment: number }>`
    select held.*, ${evidenceMoment(db, sql.ref('held.at'))} as moment from (
      select learner_stream.*, given.at from ${given}
      join learner_stream on learner_stream.person_id = given.person_id
      ${db.getExecutor().adapter instanceof PostgresAdapter ? ROW_LOCKS : sql``}
    ) as held`,
);

/**
 * Locks learners who have a watch session, in the order of `lockLearners`, and writes nothing: whoever calls it
 * writes `progressOf` each of them in the same transaction, which moves their clocks and versions on. One row
 * written in place of two. On SQLite the transaction has the write lock before.
 */
export async function holdLearners(
  trx: Trx,
  personIds: readonly string[],
  now: number,
): Promise<Map<string, LockedLearner>> {
  const ids = [...new Set(personIds)].sort();
  const rows = await hold(
    trx,
    ids.map((id) => [id, now]),
  );
  return new Map(
    rows.map((row) => {
      const moment = Math.max(row.last_at, row.moment);
      return [row.person_id, toLocked(row, moment, row.version)];
    }),
  );
}

/** Locks a learner who was not, or throws RowsMissing where somebody changed anything of theirs meanwhile. */
export async function confirmLearner(
  trx: Trx,
  { personId, version, moment }: LockedLearner & { personId: string },
): Promise<void> {
  const held = await holdLearners(trx, [personId], moment);
  if (held.get(personId)?.version !== version) throw new RowsMissing();
}

const PROGRESS = {
  last_at: 'bigint',
  folded_to_at: 'bigint',
  presence_spent_ms: 'bigint',
} as const;
const REACH = {
  ack_seq: 'bigint',
  last_seq: 'bigint',
  wall_to_ms: 'bigint',
  in_touch: 'text',
} as const;
const KEY = { person_id: 'text', version: 'bigint' } as const;

type Column = 'text' | 'bigint';

const advanceWith = (columns: Readonly<Record<string, Column>>) =>
  prepareWrites(
    { ...columns, ...KEY },
    ({ of, from }) => sql`
      update learner_stream set
        ${sql.join(Object.keys(columns).map((column) => sql`${sql.ref(column)} = ${of(column)}`))},
        version = learner_stream.version + 1
      ${from} where learner_stream.person_id = ${of('person_id')}
        and learner_stream.version = ${of('version')}`,
    { everyRow: true },
  );

const advance = advanceWith(PROGRESS);
const playOn = advanceWith({ ...PROGRESS, ...REACH });
const playAnother = advanceWith({ ...PROGRESS, ...REACH, playing_session_id: 'text' });

/**
 * To write the moment of learners, the next version, how far they are folded, and the session `playing` now, if any.
 * It finds no row, and the writing fails with RowsMissing, where a learner's version is not the given one any more.
 */
export function progressOf(
  learners: Iterable<{
    learner: LockedLearner & { personId: string };
    playing: Playing | undefined;
  }>,
): Write[] {
  const still: (string | number)[][] = [];
  const on: (string | number)[][] = [];
  const another: (string | number)[][] = [];
  for (const { learner, playing } of learners) {
    const { personId, moment, foldedToAt, presenceSpentMs, version } = learner;
    if (!playing) {
      still.push([moment, foldedToAt, presenceSpentMs, personId, version]);
      continue;
    }
    const { ackSeq, lastSeq, wallToMs } = playing.reach;
    const reach = [ackSeq, lastSeq, wallToMs, serialiseRanges(playing.inTouch)];
    const row = [moment, foldedToAt, presenceSpentMs, ...reach];
    if (learner.playing?.sessionId === playing.sessionId) on.push([...row, personId, version]);
    else another.push([...row, playing.sessionId, personId, version]);
  }
  return [advance(still), playOn(on), playAnother(another)];
}
