import type { Db, Trx } from '~db/client.server';
import type { BeatTable } from '~db/tables/class-hours';
import type { Beat } from './rule-set';

// SQLite takes at most 32,766 values in a statement; a beat has eight.
const ROWS_A_STATEMENT = 2_000;

function toRow(sessionId: string, beat: Beat): BeatTable {
  return {
    session_id: sessionId,
    seq: beat.seq,
    wall_from_ms: beat.wallFromMs,
    wall_to_ms: beat.wallToMs,
    media_from_ms: beat.mediaFromMs,
    media_to_ms: beat.mediaToMs,
    visible: beat.visible ? 1 : 0,
    arrived_at: beat.arrivedAt,
  };
}

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

/** Stores beats that were judged new. Throws when one of them is already there. */
export async function insertBeats(trx: Trx, beats: readonly ArrivedBeat[]): Promise<void> {
  for (let start = 0; start < beats.length; start += ROWS_A_STATEMENT) {
    const part = beats.slice(start, start + ROWS_A_STATEMENT);
    await trx
      .insertInto('beat')
      .values(part.map(({ sessionId, beat }) => toRow(sessionId, beat)))
      .execute();
  }
}

/** Keeps beats that stored time refuses, as evidence; the same one again is kept once, at its first arrival. */
export async function insertRefusedBeats(trx: Trx, beats: readonly ArrivedBeat[]): Promise<void> {
  for (let start = 0; start < beats.length; start += ROWS_A_STATEMENT) {
    const part = beats.slice(start, start + ROWS_A_STATEMENT);
    await trx
      .insertInto('refused_beat')
      .values(part.map(({ sessionId, beat }) => toRow(sessionId, beat)))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

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
