import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  addLessonFile,
  keyOfLessonFile,
  LARGEST_LESSON_FILE,
} from '~/domain/lesson-files/add-lesson-file.server';
import { getLessonFile } from '~/domain/lesson-files/get-lesson-file.server';
import { Forbidden, NotFound, Unavailable } from '~/domain/shared/errors';
import { problem } from './api.server';
import { sendProblem } from './direct-problem.server';
import type { DirectRoute } from './http-server.server';
import { createViewerFinder } from './viewer-finder.server';
import type { Platform } from './platform.server';
import { sendObject } from './send-object.server';

const SMALL_BODY = 1_000_000;
const ADDRESS = /^\/lesson-files\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** POST /api/lesson-files?lessonId=&name= with the file as the body, for those who write the lesson's text. */
export function createLessonFilesRoute(platform: Platform): DirectRoute {
  const { db, clock, mediaStore } = platform;
  const findPerson = createViewerFinder(platform);
  return {
    name: '/api/lesson-files',
    match: /^\/api\/lesson-files\/?$/,
    handle: answering(async (request, response) => {
      if (request.method !== 'POST') {
        throw problem(405, 'method-not-allowed', 'Use POST.', { headers: { allow: 'POST' } });
      }
      const viewer = await findPerson(request.headers.cookie);
      if (viewer.mustFinishSignUp) throw new Forbidden();
      const asked = new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
      const input = { lessonId: asked.get('lessonId') ?? '', name: asked.get('name') ?? '' };
      const content = await readBody(request);
      const now = clock.now();
      const added = await addLessonFile(db, mediaStore, viewer, { ...input, content, now });
      response.writeHead(201, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(added));
    }),
  };
}

/** GET and HEAD /lesson-files/{id}: a picture to be seen, anything else only as a download. */
export function createLessonFileRoute(platform: Platform): DirectRoute {
  const { db, mediaStore } = platform;
  const findPerson = createViewerFinder(platform);
  return {
    name: '/lesson-files/:fileId',
    match: /^\/lesson-files\/[^/]+$/,
    handle: answering(async (request, response) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        const headers = { allow: 'GET, HEAD' };
        throw problem(405, 'method-not-allowed', 'Use GET or HEAD.', { headers });
      }
      const viewer = await findPerson(request.headers.cookie);
      const fileId = ADDRESS.exec((request.url ?? '').split('?', 1)[0] ?? '')?.[1];
      if (!fileId) throw new NotFound();
      const { name, kind, type } = await getLessonFile(db, viewer, fileId);
      const key = keyOfLessonFile(fileId);
      const found = await mediaStore.stat(key);
      if (!found) throw new NotFound();
      const how = kind === 'image' ? 'inline' : 'attachment';
      const named = `filename*=UTF-8''${encodeURIComponent(name)}`;
      response.setHeader('content-disposition', `${how}; ${named}`);
      // Whatever it holds, it may do nothing where it is opened by itself.
      response.setHeader('content-security-policy', "default-src 'none'; sandbox");
      await sendObject(mediaStore, request, response, {
        key,
        type,
        found,
        cache: 'private, max-age=86400',
      });
    }),
  };
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function answering(handle: Handle): Handle {
  return async (request, response) => {
    try {
      await handle(request, response);
    } catch (error) {
      if (response.headersSent) throw error;
      // Whoever is still sending a small file would not see why it is refused.
      if (!request.complete) await readUpTo(request, SMALL_BODY);
      await sendProblem(request, response, error);
    }
  };
}

/** The whole body; 413 as soon as it is too large, of which no more is read then. */
async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const body = await readUpTo(request, LARGEST_LESSON_FILE);
  if (body) return body;
  throw problem(413, 'too-large', 'A file may have 20 MB. Nothing was kept.');
}

/** The body, or undefined when it has more bytes than the limit. */
function readUpTo(request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > limit) return resolve(undefined);
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= limit) return parts.push(part);
      request.pause();
      resolve(undefined);
    });
    request.once('end', () => resolve(Buffer.concat(parts)));
    request.once('error', reject);
    request.once('aborted', () => reject(new Unavailable('aborted')));
  });
}
