import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { canWatchMedia, isPosterPublic } from '~/domain/media/media-access.server';
import { rememberServing } from '~/domain/media/remember-serving.server';
import { Forbidden, NotFound, NotSignedIn } from '~/domain/shared/errors';
import { readSecret } from '~/infra/secret.server';
import { problem } from './api.server';
import { sendProblem } from './direct-problem.server';
import type { DirectRoute } from './http-server.server';
import { createDelivery } from './media-delivery.server';
import { linkFor, linksOf } from './linked-playlist.server';
import { MEDIA_FILE_KINDS, type MediaFileKind } from './media-file-kinds';
import type { Platform } from './platform.server';
import { answerKnown, sendObject } from './send-object.server';
import { createSignInCache } from './sign-in-cache.server';

const ADDRESS = /^\/media\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([\w./-]{1,80})$/;

const DECISION_MS = 5_000;
const MOST_DECISIONS = 20_000;
const MOST_SERVINGS = 100_000;
const WORTH_ZIPPING_BYTES = 1_000;
const zip = promisify(gzip);

/**
 * GET and HEAD /media/{id}/…: playlists, segments, posters and captions, for those who may watch. A
 * segment also needs the link that its playlist gave this person (docs/decisions/0016).
 */
export function createMediaFilesRoute(platform: Platform): DirectRoute {
  const { db, clock, mediaStore, settings } = platform;
  const signIns = createSignInCache(db, clock);
  const mayWatch = createMediaGate((personId, mediaId) => canWatchMedia(db, personId, mediaId));
  const links = linksOf(platform);
  const outside = createDelivery(platform, readSecret(settings.dataDir, 'media-cdn'));
  const noteServing = createServingNote(platform);

  /** Who asks, where they may watch; undefined for a poster that anybody may see. */
  const requireReach = async (request: IncomingMessage, mediaId: string, name: string) => {
    const personId = await signIns.findPerson(request.headers.cookie);
    if (personId && (await mayWatch(personId, mediaId))) return personId;
    if (name === 'poster.jpg' && (await isPosterPublic(db, mediaId))) return undefined;
    throw personId ? new NotFound() : new NotSignedIn();
  };

  const sendPlaylist = async (
    request: IncomingMessage,
    response: ServerResponse,
    wanted: { personId: string; key: string; file: MediaFileKind; note: () => Promise<void> },
  ) => {
    const { personId, key, file } = wanted;
    const stored = await mediaStore.readText(key);
    if (stored === undefined) throw new NotFound();
    const text = await linkFor(platform, personId, key, stored);
    await wanted.note();
    const digest = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    if (answerKnown(request, response, { etag: `"${digest}"`, cache: file.cache })) return;
    const zipped =
      text.length > WORTH_ZIPPING_BYTES && /\bgzip\b/.test(acceptedEncodings(request))
        ? await zip(text)
        : undefined;
    const body = zipped ?? Buffer.from(text);
    response.setHeader('vary', 'accept-encoding, cookie');
    if (zipped) response.setHeader('content-encoding', 'gzip');
    response.setHeader('content-type', file.type);
    response.setHeader('content-length', body.length);
    response.end(request.method === 'HEAD' ? undefined : body);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw problem(405, 'method-not-allowed', 'Use GET or HEAD.', {
        headers: { allow: 'GET, HEAD' },
      });
    }
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const [, mediaId = '', name = ''] = ADDRESS.exec(path) ?? [];
    const file = MEDIA_FILE_KINDS.find((candidate) => candidate.name.test(name));
    if (!file) throw new NotFound();
    const personId = await requireReach(request, mediaId, name);
    const key = `${mediaId}/${name}`;
    const segment = file.part === 'segment';
    if (segment && !(personId && links.holds(query, personId, key, clock.now()))) {
      throw new Forbidden('link-refused', 'This link is not yours, or too old. Load the playlist.');
    }
    const note = async () => {
      // Also where the browser has it already: it asks before it plays.
      if (personId && request.method === 'GET' && file.played) await noteServing(personId, mediaId);
    };
    if (personId && file.part === 'playlist') {
      return sendPlaylist(request, response, { personId, key, file, note });
    }
    if (segment && outside) {
      await note();
      return outside(response, { key, ...file });
    }
    const found = await mediaStore.stat(key);
    if (!found) throw new NotFound();
    await note();
    await sendObject(mediaStore, request, response, { key, found, ...file });
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

function acceptedEncodings(request: IncomingMessage): string {
  return String(request.headers['accept-encoding'] ?? '');
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
