import { Metadata, Server, type Upload } from '@tus/server';
import type { IncomingMessage } from 'node:http';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { requireAuthor } from '~/domain/co-authoring/course-reach.server';
import { finishUpload } from '~/domain/media/finish-upload.server';
import { forgetUpload } from '~/domain/media/forget-upload.server';
import { noteContent } from '~/domain/media/note-content.server';
import { requireOwnUpload } from '~/domain/media/require-own-upload.server';
import { LARGEST_UPLOAD, startUpload } from '~/domain/media/start-upload.server';
import { UPLOAD_EXPIRES_MS } from '~/domain/media/sweep-uploads.server';
import { expectedBytes } from '~/domain/media/upload-file.server';
import { Forbidden, Invalid, NotFound, NotSignedIn } from '~/domain/shared/errors';
import { problem, problemOf } from './api.server';
import { sendProblem } from './direct-problem.server';
import type { DirectRoute, Exchange } from './http-server.server';
import type { Platform } from './platform.server';
import { readViewer } from './session.server';
import { noRoomFor } from './upload-problems.server';
import { UploadStore } from './upload-store.server';
import {
  asWebRequest,
  methodOf,
  sendAnswer,
  takeBytesWith,
  type Wrapped,
} from './upload-exchange.server';

export const UPLOADS_PATH = '/api/uploads';
const PATH = /^\/api\/uploads(?:\/([^/]*))?\/?$/;
const UPLOAD_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What must stay free on the disk for everything else. */
const RESERVE_BYTES = 512 * 1024 ** 2;

interface Creation {
  courseId: string;
  filename: string;
  bytes: number;
  /** The lesson that is to show it. */
  lessonId: string | undefined;
  fileModifiedAt: number | undefined;
}

/** Uploads by the tus protocol 1.0.0: resumable, one writer at a time, each seen by its owner only. */
export function createUploadsRoute(platform: Platform): DirectRoute {
  const { db, clock, mediaStore, log } = platform;
  const store = new UploadStore(mediaStore.uploads, UPLOAD_EXPIRES_MS);
  const creations = new WeakMap<IncomingMessage, { viewer: Viewer; creation: Creation }>();
  const tus = new Server({
    path: UPLOADS_PATH,
    datastore: store,
    maxSize: LARGEST_UPLOAD,
    relativeLocation: true,
    disableTerminationForFinishedUploads: true,
    getFileIdFromRequest: (_request, last) => (UPLOAD_ID.test(last ?? '') ? last : undefined),
    namingFunction: async (request) => {
      const node = (request as Wrapped).runtime?.node?.req;
      const wanted = node && creations.get(node);
      if (!wanted) throw new Error('an upload was opened without its checks');
      return startUpload(db, wanted.viewer, { ...wanted.creation, now: clock.now() });
    },
    onUploadFinish: async (_request, { id }: Upload) => {
      await finish(id);
      return {};
    },
    onResponseError: async (request, error) => {
      // The protocol's own refusals say themselves what is wrong.
      if ('status_code' in error) return undefined;
      const answer = problemOf(error);
      const retryAfter = answer.headers.get('retry-after');
      const response = (request as Wrapped).runtime?.node?.res;
      if (retryAfter && !response?.headersSent) response?.setHeader('retry-after', retryAfter);
      return { status_code: answer.status, body: await answer.text() };
    },
  });

  for (const handler of [tus.handlers.PATCH, tus.handlers.POST]) takeBytesWith(handler, store);

  const finish = async (id: string) => {
    if (!(await finishUpload(db, mediaStore, id, clock.now()))) return;
    noteContent(db, mediaStore, id).catch((error: unknown) =>
      log.warn({ err: error, mediaId: id }, 'an upload could not be digested'),
    );
  };

  const prepare = async (request: Exchange): Promise<void> => {
    const viewer = await readViewer(cookieRequest(request), { ...platform, secure: false });
    if (!viewer) throw new NotSignedIn();
    if (viewer.mustFinishSignUp) {
      throw new Forbidden('finish-sign-up', 'Choose a password at /welcome first.');
    }
    const id = idOf(request);
    const method = methodOf(request);
    if (id === undefined) {
      if (method !== 'POST') throw notAllowed('POST, OPTIONS');
      const creation = readCreation(request);
      await requireAuthor(db, viewer, creation.courseId);
      const promised = creation.bytes + (await expectedBytes(db, mediaStore)) + RESERVE_BYTES;
      if ((await mediaStore.freeBytes()) < promised) throw noRoomFor();
      creations.set(request, { viewer, creation });
      return;
    }
    if (!['HEAD', 'PATCH', 'DELETE'].includes(method)) {
      throw notAllowed('HEAD, PATCH, DELETE, OPTIONS');
    }
    if (!UPLOAD_ID.test(id)) throw new NotFound();
    const upload = await requireOwnUpload(db, viewer, id);
    // All bytes may have arrived just before the server was killed.
    if (!upload.finished) await finish(id);
  };

  return {
    name: '/api/uploads',
    match: /^\/api\/uploads(\/|$)/,
    async handle(request, response) {
      try {
        if (methodOf(request) !== 'OPTIONS') await prepare(request);
      } catch (error) {
        return sendProblem(request, response, error);
      }
      await sendAnswer(response, await tus.handleWeb(asWebRequest(request, response)));
      const id = idOf(request);
      if (methodOf(request) === 'DELETE' && response.statusCode === 204 && id) {
        await forgetUpload(db, id, clock.now());
      }
    },
  };
}

function idOf(request: IncomingMessage): string | undefined {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  const found = PATH.exec(path);
  if (!found) throw new NotFound();
  return found[1] || undefined;
}

function cookieRequest(request: IncomingMessage): Request {
  return new Request('http://localhost/', { headers: { cookie: request.headers.cookie ?? '' } });
}

/** What the creation says of the file; Invalid names what is missing. */
function readCreation(request: IncomingMessage): Creation {
  const bytes = Number(request.headers['upload-length'] ?? Number.NaN);
  const metadata = parseMetadata(String(request.headers['upload-metadata'] ?? ''));
  const courseId = metadata.courseId ?? '';
  const filename = metadata.filename ?? '';
  const lessonId = metadata.lessonId ?? undefined;
  const modified = Number(metadata.modifiedAt ?? Number.NaN);
  const fileModifiedAt = Number.isSafeInteger(modified) ? modified : undefined;
  const errors = [
    ...(courseId ? [] : [{ pointer: '/metadata/courseId', message: 'is missing' }]),
    ...(filename ? [] : [{ pointer: '/metadata/filename', message: 'is missing' }]),
    ...(Number.isSafeInteger(bytes) && bytes > 0
      ? []
      : [{ pointer: '/length', message: 'Upload-Length must be at least 1' }]),
  ];
  if (errors.length > 0) throw new Invalid(errors);
  if (bytes > LARGEST_UPLOAD) {
    throw problem(413, 'too-large', 'A file may have 10 GiB at most. Nothing was stored.');
  }
  return { courseId, filename, bytes, lessonId, fileModifiedAt };
}

function parseMetadata(header: string): Record<string, string | null> {
  if (header === '') return {};
  try {
    return Metadata.parse(header);
  } catch {
    throw new Invalid([{ pointer: '/metadata', message: 'cannot be read' }]);
  }
}

function notAllowed(allow: string): Response {
  return problem(405, 'method-not-allowed', `Use ${allow}.`, { headers: { allow } });
}
