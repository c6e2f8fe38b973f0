import type { IncomingMessage, ServerResponse } from 'node:http';
import { beatsBody, findOverrun, readPlainBeats } from '~/domain/class-hours/beats-schema';
import type { BeatAnswer } from '~/domain/class-hours/record-beats.server';
import { findWatchSession, type WatchSession } from '~/domain/class-hours/watch-session.server';
import { Invalid, NotFound, NotSignedIn } from '~/domain/shared/errors';
import { check, problem, problemOf } from './api.server';
import { readDirectJson } from './direct-body.server';
import type { DirectRoute, Exchange } from './http-server.server';
import { leanHeaders } from './lean-headers.server';
import { localeOf } from './locale.server';
import type { Platform } from './platform.server';
import { showPresenceCheck, type ShownPresenceCheck } from './presence-check.server';
import { createSignInCache } from './sign-in-cache.server';

const PATH = /^\/api\/watch-sessions\/([^/]+)\/beats\/?$/;
type ShownBeatAnswer = Omit<BeatAnswer, 'presenceCheck'> & {
  presenceCheck: ShownPresenceCheck | null;
};

const MOST_SESSIONS = 50_000;

/**
 * POST /api/watch-sessions/{id}/beats, answered before Express and Remix: most of the platform's requests are
 * beats, and one may cost no more than a few database statements shared by all that arrive with it.
 */
export function createBeatsRoute(platform: Platform): DirectRoute {
  const { db, clock, beatRecorder } = platform;
  const signIns = createSignInCache(db, clock);
  const sessions = new Map<string, WatchSession>();

  const loadSession = async (id: string): Promise<WatchSession | undefined> => {
    const found = await findWatchSession(db, id);
    if (found) sessions.set(id, found);
    if (sessions.size > MOST_SESSIONS) sessions.delete(sessions.keys().next().value ?? '');
    return found;
  };

  const record = async (request: IncomingMessage): Promise<ShownBeatAnswer> => {
    const { cookie } = request.headers;
    const signedIn = signIns.findPerson(cookie);
    const personId = typeof signedIn === 'object' ? await signedIn : signedIn;
    if (personId === undefined) throw new NotSignedIn();
    const body = await readDirectJson(request);
    const named = PATH.exec((request.url ?? '').split('?', 1)[0]!)?.[1] ?? '';
    const session = sessions.get(named) ?? (await loadSession(decodeURIComponent(named)));
    if (session?.personId !== personId) throw new NotFound();
    const beats = readPlainBeats(body) ?? check(beatsBody, body).beats;
    const overrun = findOverrun(beats, session.durationMs);
    if (overrun.length > 0) throw new Invalid(overrun);
    const answer = await beatRecorder.record({ session, beats });
    const { presenceCheck } = answer;
    if (presenceCheck === null) return { ...answer, presenceCheck };
    return { ...answer, presenceCheck: showPresenceCheck(presenceCheck, localeOf(cookie)) };
  };

  return {
    name: '/api/watch-sessions/:id/beats',
    match: PATH,
    lean: true,
    async handle(request, response) {
      try {
        if (request.method !== 'POST') {
          const headers = { allow: 'POST' };
          throw problem(405, 'method-not-allowed', 'Use POST.', { headers });
        }
        const answer = JSON.stringify(await record(request));
        send(request, response, { status: 200, type: 'application/json', body: answer });
      } catch (error) {
        await refuse(request, response, error);
      }
    },
  };
}

function send(
  request: Exchange,
  response: ServerResponse,
  { status, type, body }: { status: number; type: string; body: string },
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...leanHeaders(request),
  });
  response.end(body);
}

async function refuse(request: Exchange, response: ServerResponse, thrown: unknown): Promise<void> {
  const answer = problemOf(thrown);
  answer.headers.forEach((value, name) => response.setHeader(name, value));
  // What was not read of the body must not be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close');
  const type = 'application/problem+json';
  send(request, response, { status: answer.status, type, body: await answer.text() });
}
