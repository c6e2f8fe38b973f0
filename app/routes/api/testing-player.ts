import type { Db } from '~db/client.server';
import type { SentBeat } from '~/domain/class-hours/arrival';
import type { OpenedWatchSession } from '~/domain/class-hours/open-watch-session.server';
import type { BeatAnswer } from '~/domain/class-hours/record-beats.server';
import type { Answer, TestServer } from './testing-server.server';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** A beat at 1x: wall and media in seconds; `media` starts where the wall does unless said otherwise. */
export function beat(seq: number, fromS: number, toS: number, mediaFromS = fromS): SentBeat {
  const wallFromMs = Math.round(fromS * SECOND);
  const wallToMs = Math.round(toS * SECOND);
  const mediaFromMs = Math.round(mediaFromS * SECOND);
  const mediaToMs = mediaFromMs + wallToMs - wallFromMs;
  return { seq, wallFromMs, wallToMs, mediaFromMs, mediaToMs, visible: true };
}

/** Opens a player for a learner through the API. */
export async function openPlayer(
  server: TestServer,
  personId: string,
  enrollmentId: string,
  lessonId: string,
): Promise<OpenedWatchSession> {
  const wanted = { enrollmentId, lessonId };
  const answer = await server.call(personId, 'POST', '/api/watch-sessions', wanted);
  if (answer.status !== 201) throw new Error(`opening answered ${answer.status}`);
  return answer.body as OpenedWatchSession;
}

/**
 * Moves all of a learner's sessions back in time together, so that what follows can be played without waiting:
 * as if `ms` had passed. To be called before the first beats of the sessions.
 */
export async function letPass(db: Db, personId: string, ms: number): Promise<void> {
  await db
    .updateTable('watch_session')
    .set((eb) => ({
      started_at: eb('started_at', '-', ms),
      ended_at: eb('ended_at', '-', ms),
    }))
    .where('person_id', '=', personId)
    .execute();
}

/** Sends beats of one session. */
export function sendBeats(
  server: TestServer,
  personId: string | undefined,
  sessionId: string,
  beats: unknown,
): Promise<Answer> {
  return server.call(personId, 'POST', `/api/watch-sessions/${sessionId}/beats`, { beats });
}

/** Sends beats that are taken, and answers what the server says of them. */
export async function record(
  server: TestServer,
  personId: string,
  sessionId: string,
  beats: SentBeat[],
): Promise<BeatAnswer> {
  const answer = await sendBeats(server, personId, sessionId, beats);
  if (answer.status !== 200) {
    throw new Error(`beats answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
  return answer.body as BeatAnswer;
}
