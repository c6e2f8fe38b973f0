import { sql } from 'kysely';
import type { Db, Trx } from '~db/client.server';
import { prepareWrites, type Write } from '~db/row-statement';
import type { BeatTable } from '~db/tables/class-hours';
import type { Beat } from './rule-set';

const columns = {
  session_id: 'text',
  seq: 'bigint',
  wall_from_ms: 'bigint',
  wall_to_ms: 'bigint',
  media_from_ms: 'bigint',
  media_to_ms: 'bigint',
  visible: 'bigint',
  arrived_at: 'bigint',
} as const;

const toValues = ({ sessionId, beat }: ArrivedBeat) => [
  sessionId,
  beat.seq,
  beat.wallFromMs,
  beat.wallToMs,
  beat.mediaFromMs,
  beat.mediaToMs,
  beat.visible ? 1 : 0,
  beat.arrivedAt,
];

function toBeat(row: BeatTable): Beat {
  return {
    seq: row.seq,
    wallFromMs: row.wall_from_ms,
    wallToMs: row.wall_to_ms,
    mediaFromMs: row.media_from_ms,
    mediaToMs: row.media_to_ms,
    visible: row.visible === 1,
    arrivedAt: row.arrived_at,
  };
}

export interface ArrivedBeat {
  sessionId: string;
  beat: Beat;
}

const insertNew = prepareWrites(
  columns,
  ({ values }) => sql`
    insert into beat (session_id, seq, wall_from_ms, wall_to_ms, media_from_ms, media_to_ms, visible, arrived_at)
    ${values}`,
);

/** To store beats that were judged new; it fails when one of them is already there. */
export const newBeats = (beats: readonly ArrivedBeat[]): Write => insertNew(beats.map(toValues));

const insertRefused = prepareWrites(
  columns,
  ({ values }) => sql`
    insert into refused_beat (session_id, seq, wall_from_ms, wall_to_ms, media_from_ms, media_to_ms, visible,
      arrived_at)
    ${values} on conflict do nothing`,
);

/** To keep beats that stored time refuses, as evidence; the same one again is kept once, at its first arrival. */
export const refusedBeats = (beats: readonly ArrivedBeat[]): Write =>
  insertRefused(beats.map(toValues));

/** The stored beats of each session, by seq; from `beat`, or from `refused_beat`. */
export async function listBeats(
  db: Db | Trx,
  sessionIds: readonly string[],
  table: 'beat' | 'refused_beat' = 'beat',
): Promise<Map<string, Beat[]>> {
  const found = new Map(sessionIds.map((id): [string, Beat[]] => [id, []]));
  if (sessionIds.length === 0) return found;
  const rows = await db
    .selectFrom(table)
    .selectAll()
    .where('session_id', 'in', sessionIds)
    .orderBy('session_id')
    .orderBy('seq')
    .orderBy('wall_from_ms')
    .orderBy('wall_to_ms')
    .execute();
  for (const row of rows) found.get(row.session_id)?.push(toBeat(row));
  return found;
}
