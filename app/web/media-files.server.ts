import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { canWatchMedia, isPosterPublic } from '~/domain/media/media-access.server';
import { rememberServing } from '~/domain/media/remember-serving.server';
import { NotFound, NotSignedIn } from '~/domain/shared/errors';
import { problem } from './api.server';
import { readByteRange } from './byte-range';
import { sendProblem } from './direct-problem.server';
import type { DirectRoute } from './http-server.server';
import type { Platform } from './platform.server';
import { createSignInCache } from './sign-in-cache.server';

const ADDRESS = /^\/media\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([\w./-]{1,80})$/;

/** Everything there is to fetch of a media; whatever else is asked for does not exist. */
const FILES: { name: RegExp; type: string; cache: string }[] = [
  {
    name: /^master\.m3u8$/,
    type: 'application/vnd.apple.mpegurl',
    // Renditions are added to it while the lesson can be watched already.
    cache: 'private, max-age=0, must-revalidate',
  },
  {
    name: /^\d{2,4}\/index\.m3u8$/,
    type: 'application/vnd.apple.mpegurl',
    cache: 'private, max-age=3600',
  },
  {
    name: /^\d{2,4}\/[a-z0-9-]{1,40}\.m4s$/,
    type: 'video/iso.segment',
    cache: 'private, max-age=86400',
  },
  { name: /^\d{2,4}\/[a-z0-9-]{1,40}\.mp4$/, type: 'video/mp4', cache: 'private, max-age=86400' },
  { name: /^poster\.jpg$/, type: 'image/jpeg', cache: 'private, max-age=3600' },
  {
    name: /^captions\.[a-z]{2,3}(-[A-Za-z]{2,8})?\.vtt$/,
    type: 'text/vtt; charset=utf-8',
    cache: 'private, max-age=60',
  },
];

/** What a player must have asked for before it can have played anything. */
const PLAYED = /\.(m3u8|m4s|mp4)$/;

const DECISION_MS = 5_000;
const MOST_DECISIONS = 20_000;
const MOST_SERVINGS = 100_000;

/** GET and HEAD /media/{id}/…: playlists, segments, posters and captions, for those who may watch. */
export function createMediaFilesRoute(platform: Platform): DirectRoute {
  const { db, clock, mediaStore } = platform;
  const signIns = createSignInCache(db, clock);
  const mayWatch = createMediaGate((personId, mediaId) => canWatchMedia(db, personId, mediaId));

  const noteServing = createServingNote(platform);

  /** Who asks, where they may watch; undefined for a poster that anybody may see. */
  const requireReach = async (request: IncomingMessage, mediaId: string, name: string) => {
    const personId = await signIns.findPerson(request.headers.cookie);
    if (personId && (await mayWatch(personId, mediaId))) return personId;
    if (name === 'poster.jpg' && (await isPosterPublic(db, mediaId))) return undefined;
    throw personId ? new NotFound() : new NotSignedIn();
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw problem(405, 'method-not-allowed', 'Use GET or HEAD.', {
        headers: { allow: 'GET, HEAD' },
      });
    }
    const [, mediaId = '', name = ''] =
      ADDRESS.exec((request.url ?? '').split('?', 1)[0] ?? '') ?? [];
    const file = FILES.find((candidate) => candidate.name.test(name));
    if (!file) throw new NotFound();
    const personId = await requireReach(request, mediaId, name);
    const key = `${mediaId}/${name}`;
    const found = await mediaStore.stat(key);
    if (!found) throw new NotFound();
    // Also where the browser has it already: it asks before it plays.
    if (personId && request.method === 'GET' && PLAYED.test(name)) {
      await noteServing(personId, mediaId);
    }

    const etag = `"${found.bytes.toString(36)}-${found.modifiedAt.toString(36)}"`;
    response.setHeader('etag', etag);
    response.setHeader('last-modified', new Date(found.modifiedAt).toUTCString());
    response.setHeader('cache-control', file.cache);
    response.setHeader('accept-ranges', 'bytes');
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('vary', 'cookie');
    if (isKnown(request.headers['if-none-match'], etag)) return end(response, 304);
    response.setHeader('content-type', file.type);
    const ifRange = request.headers['if-range'];
    const range =
      typeof ifRange === 'string' && ifRange !== etag
        ? 'whole'
        : readByteRange(request.headers.range, found.bytes);
    if (range === 'unsatisfiable') {
      response.setHeader('content-range', `bytes */${found.bytes}`);
      return end(response, 416);
    }
    const part = range === 'whole' ? { start: 0, end: found.bytes - 1 } : range;
    response.setHeader('content-length', part.end - part.start + 1);
    if (range !== 'whole') {
      response.setHeader('content-range', `bytes ${part.start}-${part.end}/${found.bytes}`);
    }
    response.statusCode = range === 'whole' ? 200 : 206;
    if (request.method === 'HEAD' || found.bytes === 0) return void response.end();
    await send(mediaStore.read(key, part), response);
  };

  return {
    name: '/media/:mediaId/*',
    match: /^\/media(\/|$)/,
    handle: async (request, response) => {
      try {
        await answer(request, response);
      } catch (error) {
        if (response.headersSent) throw error;
        response.removeHeader('content-length');
        await sendProblem(request, response, error);
      }
    },
  };
}

/** Closes the file when the browser goes away, which players do all the time. */
async function send(file: NodeJS.ReadableStream, response: ServerResponse): Promise<void> {
  try {
    await pipeline(file, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

function end(response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.end();
}

function isKnown(header: string | undefined, etag: string): boolean {
  return (header ?? '')
    .split(/\s*,\s*/)
    .some((one) => one === '*' || one.replace(/^W\//, '') === etag);
}

/** Remembers each answer for 5 s: a player asks for many ranges in a row. */
function createMediaGate(ask: (personId: string, mediaId: string) => Promise<boolean>) {
  const decisions = new Map<string, { allowed: boolean; at: number }>();
  return async (personId: string, mediaId: string): Promise<boolean> => {
    const key = `${personId} ${mediaId}`;
    const known = decisions.get(key);
    if (known && performance.now() - known.at < DECISION_MS) return known.allowed;
    decisions.delete(key);
    const allowed = await ask(personId, mediaId);
    decisions.set(key, { allowed, at: performance.now() });
    if (decisions.size > MOST_DECISIONS) decisions.delete(decisions.keys().next().value ?? '');
    return allowed;
  };
}

/**
 * Keeps who was served what, once a process each: nothing is sent before it is noted. A database that cannot
 * take it now does not stop the video; the next request tries again.
 */
function createServingNote({ db, clock, log }: Platform) {
  const noted = new Set<string>();
  return async (personId: string, mediaId: string): Promise<void> => {
    const key = `${personId} ${mediaId}`;
    if (noted.has(key)) return;
    try {
      await rememberServing(db, { personId, mediaId, now: clock.now() });
    } catch (error) {
      return log.warn({ err: error, mediaId }, 'a serving could not be noted');
    }
    if (noted.size >= MOST_SERVINGS) noted.clear();
    noted.add(key);
  };
}
