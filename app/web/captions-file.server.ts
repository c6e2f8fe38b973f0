import type { IncomingMessage, ServerResponse } from 'node:http';
import { captionLanguage } from '~/domain/media/caption-language';
import { writeSrt, writeWebVtt } from '~/domain/media/captions';
import { getServedCaptions } from '~/domain/media/get-captions.server';
import { canWatchMedia } from '~/domain/media/media-access.server';
import { NotFound, NotSignedIn } from '~/domain/shared/errors';
import { problem } from './api.server';
import { sendProblem } from './direct-problem.server';
import type { DirectRoute } from './http-server.server';
import type { Platform } from './platform.server';
import { createSignInCache } from './sign-in-cache.server';

const ADDRESS =
  /^\/media\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/captions\.([a-z]{2,3})\.(vtt|srt)$/;

const TYPES = { vtt: 'text/vtt; charset=utf-8', srt: 'application/x-subrip; charset=utf-8' };

/** GET and HEAD /media/{id}/captions.{language}.vtt and .srt, as stored, for those who may watch the video. */
export function createCaptionsFileRoute({ db, clock }: Platform): DirectRoute {
  const signIns = createSignInCache(db, clock);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const headers = { allow: 'GET, HEAD' };
      throw problem(405, 'method-not-allowed', 'Use GET or HEAD.', { headers });
    }
    const [, mediaId = '', written = '', format = ''] =
      ADDRESS.exec((request.url ?? '').split('?', 1)[0] ?? '') ?? [];
    const personId = await signIns.findPerson(request.headers.cookie);
    if (!personId) throw new NotSignedIn();
    const language = captionLanguage.safeParse(written);
    if (!language.success || !(await canWatchMedia(db, personId, mediaId))) throw new NotFound();
    const captions = await getServedCaptions(db, mediaId, language.data);
    const etag = `"${captions.version}-${(captions.changedAt ?? 0).toString(36)}"`;
    response.setHeader('etag', etag);
    response.setHeader('cache-control', 'private, no-cache');
    response.setHeader('vary', 'cookie');
    response.setHeader('x-content-type-options', 'nosniff');
    if (request.headers['if-none-match'] === etag) {
      response.statusCode = 304;
      return void response.end();
    }
    const text = format === 'srt' ? writeSrt(captions.cues) : writeWebVtt(captions.cues);
    response.setHeader('content-type', format === 'srt' ? TYPES.srt : TYPES.vtt);
    response.setHeader('content-length', Buffer.byteLength(text));
    response.end(request.method === 'HEAD' ? undefined : text);
  };

  return {
    name: '/media/:mediaId/captions.:language.vtt',
    match: ADDRESS,
    handle: async (request, response) => {
      try {
        await answer(request, response);
      } catch (error) {
        if (response.headersSent) throw error;
        await sendProblem(request, response, error);
      }
    },
  };
}
