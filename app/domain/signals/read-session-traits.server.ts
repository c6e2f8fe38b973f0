import type { Db } from '~db/client.server';
import { reachOf } from '../class-hours/session-reach.server';
import { listBeats } from '../class-hours/stored-beats.server';
import { inChunks } from '../shared/in-chunks';
import { longestEvenRun, nightParts } from './rules';

/** A session has some 300 beats an hour. */
const SESSIONS_AT_ONCE = 20;

/**
 * Reads the beats of those sessions of one learner whose stored beats changed since they were last read, and keeps
 * what they look like as a whole. Everything else of a learner is found without their beats. Days in `zone`.
 * Answers how many sessions were read.
 */
export async function readSessionTraits(db: Db, personId: string, zone: string): Promise<number> {
  const sessions = await db
    .selectFrom('watch_session')
    .leftJoin('session_total', 'session_total.session_id', 'watch_session.id')
    .leftJoin('learner_stream', (join) =>
      join
        .onRef('learner_stream.person_id', '=', 'watch_session.person_id')
        .onRef('learner_stream.playing_session_id', '=', 'watch_session.id'),
    )
    .leftJoin('session_trait', 'session_trait.session_id', 'watch_session.id')
    .select([
      'watch_session.id',
      'watch_session.started_at as startedAt',
      'watch_session.ended_at as endedAt',
      reachOf('ack_seq').as('ack_seq'),
      reachOf('last_seq').as('last_seq'),
      reachOf('in_touch').as('in_touch'),
      'session_trait.seen',
    ])
    .where('watch_session.person_id', '=', personId)
    .orderBy('watch_session.number')
    .execute();
  const changed = sessions
    .map(({ ack_seq, last_seq, in_touch, ...session }) => {
      // Without a total it is not known how far the session reaches: its beats are read whenever we come by.
      const mark = last_seq === null ? '' : `${ack_seq}/${last_seq}/${session.endedAt}/${in_touch}`;
      return { ...session, mark };
    })
    .filter(({ mark, seen }) => mark === '' || mark !== seen);
  for (const part of inChunks(changed, SESSIONS_AT_ONCE)) {
    const beats = await listBeats(
      db,
      part.map(({ id }) => id),
    );
    const rows = part.map((session) => {
      const own = beats.get(session.id) ?? [];
      const even = longestEvenRun(own);
      return {
        session_id: session.id,
        seen: session.mark,
        wall_to_ms: own.reduce((last, beat) => Math.max(last, beat.wallToMs), 0),
        even: even ? JSON.stringify(even) : null,
        nights: JSON.stringify(nightParts(own, session, zone)),
      };
    });
    await db
      .insertInto('session_trait')
      .values(rows)
      .onConflict((conflict) =>
        conflict.column('session_id').doUpdateSet((eb) => ({
          seen: eb.ref('excluded.seen'),
          wall_to_ms: eb.ref('excluded.wall_to_ms'),
          even: eb.ref('excluded.even'),
          nights: eb.ref('excluded.nights'),
        })),
      )
      .execute();
  }
  return changed.length;
}
