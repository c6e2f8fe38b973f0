import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeCourse, makeOrganization, makePerson } from '~db/testing-cast';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { sweepUploads } from '~/domain/media/sweep-uploads.server';
import {
  film,
  H264,
  openStudio,
  pictureAndTone,
  type Studio,
} from '~/domain/media/testing-studio.server';
import type { DirectRoute, Exchange } from './http-server.server';
import { signedInCookie, testContext } from './testing-request.server';
import { createUploadsRoute } from './uploads.server';

const DAY_MS = 24 * 60 * 60 * 1000;

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

let studio: Studio;
let context: ReturnType<typeof testContext>;
let server: ReturnType<typeof createServer>;
let route: DirectRoute;
let bytes: Buffer;
const cookies = new Map<string, string>();
const at = Date.parse('2026-11-10T01:00:00Z');

beforeAll(async () => {
  studio = await openStudio();
  context = { ...testContext(studio.client, at), mediaStore: studio.store };
  bytes = readFileSync(film(join(studio.folder, 'a.mp4'), ...pictureAndTone('160x90', 1), ...H264));
  server = createServer((request, response) => {
    Promise.resolve(route.handle(request as Exchange, response)).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
beforeEach(() => {
  // A new route is what a restarted server has: nothing but the disk and the database.
  route = createUploadsRoute(context);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await studio.close();
});

async function cookieOf(viewer: Viewer): Promise<string> {
  const known = cookies.get(viewer.personId) ?? (await signedInCookie(context, viewer.personId));
  cookies.set(viewer.personId, known);
  return known;
}

async function send(
  viewer: Viewer | undefined,
  method: string,
  path: string,
  headers: Record<string, string | number> = {},
  body?: Buffer,
): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const cookie = viewer ? { cookie: await cookieOf(viewer) } : {};
  return new Promise((resolve, reject) => {
    const all = { 'tus-resumable': '1.0.0', ...cookie, ...headers };
    const request = httpRequest({ port, method, path, headers: all }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(parts).toString(),
        }),
      );
    });
    request.once('error', reject);
    request.end(body);
  });
}

const encode = (text: string) => Buffer.from(text).toString('base64');

function create(
  viewer: Viewer | undefined,
  given: { courseId?: string; length?: number; filename?: string } = {},
) {
  const { courseId = studio.courseId, length = bytes.length, filename = '认识灌装线.mp4' } = given;
  return send(viewer, 'POST', '/api/uploads', {
    'upload-length': length,
    'upload-metadata': `filename ${encode(filename)},courseId ${encode(courseId)}`,
  });
}

function patch(viewer: Viewer | undefined, path: string, offset: number, body: Buffer) {
  const type = { 'content-type': 'application/offset+octet-stream' };
  return send(viewer, 'PATCH', path, { ...type, 'upload-offset': offset }, body);
}

const listMedia = (id: string) =>
  studio.db.selectFrom('media').selectAll().where('id', '=', id).execute();

const listJobs = async (id: string) => {
  const jobs = await studio.db.selectFrom('job').select('payload').execute();
  return jobs.filter((job) => job.payload.includes(id));
};

describe('an author uploads', () => {
  test('a file in two parts, with the server restarted between them; it becomes a media with one job', async () => {
    const opened = await create(studio.author);
    expect(opened.status).toBe(201);
    const path = opened.headers.location ?? '';
    const id = path.split('/').at(-1) ?? '';
    expect((await patch(studio.author, path, 0, bytes.subarray(0, 1000))).status).toBe(204);

    route = createUploadsRoute(context);
    const head = await send(studio.author, 'HEAD', path);
    expect(head.headers['upload-offset']).toBe('1000');
    expect((await patch(studio.author, path, 0, bytes.subarray(0, 10))).status).toBe(409);
    expect(await listMedia(id)).toEqual([]);
    expect((await patch(studio.author, path, 1000, bytes.subarray(1000))).status).toBe(204);

    expect(await listMedia(id)).toMatchObject([
      {
        state: 'received',
        filename: '认识灌装线.mp4',
        bytes: bytes.length,
        course_id: studio.courseId,
      },
    ]);
    expect(readFileSync(join(studio.store.uploads, id)).equals(bytes)).toBe(true);
    await send(studio.author, 'HEAD', path);
    expect(await listJobs(id)).toHaveLength(1);
    expect((await send(studio.author, 'DELETE', path)).status).toBe(400);
    expect(await listMedia(id)).toHaveLength(1);
  });

  test('killed between the last byte and the row, it is finished when asked for, or at the next start', async () => {
    for (const recover of ['head', 'sweep']) {
      const { headers } = await create(studio.author);
      const path = headers.location ?? '';
      const id = path.split('/').at(-1) ?? '';
      await patch(studio.author, path, 0, bytes);
      await studio.db.deleteFrom('media').where('id', '=', id).execute();
      await studio.db
        .updateTable('upload')
        .set({ finished_at: null })
        .where('id', '=', id)
        .execute();
      if (recover === 'head') await send(studio.author, 'HEAD', path);
      else await sweepUploads(studio.db, studio.store, at);
      expect(await listMedia(id)).toHaveLength(1);
    }
  });

  test('and gives one up: bytes and row are gone', async () => {
    const { headers } = await create(studio.author);
    const path = headers.location ?? '';
    const id = path.split('/').at(-1) ?? '';
    await patch(studio.author, path, 0, bytes.subarray(0, 100));
    expect((await send(studio.author, 'DELETE', path)).status).toBe(204);
    expect(existsSync(join(studio.store.uploads, id))).toBe(false);
    expect((await send(studio.author, 'HEAD', path)).status).toBe(404);
    expect(
      await studio.db.selectFrom('upload').select('id').where('id', '=', id).execute(),
    ).toEqual([]);
  });

  test('two writers at once never mix: the bytes are those of the file', async () => {
    const { headers } = await create(studio.author);
    const path = headers.location ?? '';
    const id = path.split('/').at(-1) ?? '';
    const both = await Promise.allSettled([
      patch(studio.author, path, 0, bytes),
      patch(studio.author, path, 0, bytes),
    ]);
    const done = both.map((one) => (one.status === 'fulfilled' ? one.value.status : 0));
    expect(done.filter((status) => status === 204)).toHaveLength(1);
    expect(statSync(join(studio.store.uploads, id)).size).toBe(bytes.length);
    expect(await listJobs(id)).toHaveLength(1);
  });

  test('an upload that stood still for a week is forgotten with its bytes', async () => {
    const { headers } = await create(studio.author);
    const path = headers.location ?? '';
    const id = path.split('/').at(-1) ?? '';
    await patch(studio.author, path, 0, bytes.subarray(0, 100));
    await sweepUploads(studio.db, studio.store, at + 6 * DAY_MS);
    expect(existsSync(join(studio.store.uploads, id))).toBe(true);
    await sweepUploads(studio.db, studio.store, at + 8 * DAY_MS);
    expect(existsSync(join(studio.store.uploads, id))).toBe(false);
    expect((await send(studio.author, 'HEAD', path)).status).toBe(404);
  });

  test('bytes that vanished answer gone', async () => {
    const { headers } = await create(studio.author);
    const path = headers.location ?? '';
    unlinkSync(join(studio.store.uploads, path.split('/').at(-1) ?? ''));
    expect((await send(studio.author, 'HEAD', path)).status).toBe(410);
  });
});

describe('nobody else does', () => {
  test('not signed in 401, an outsider 404, a colleague who is no author 403', async () => {
    const elsewhere = await makeOrganization(studio.db, { name: '海岱动力集团' });
    const outsider = await makePerson(studio.db, {
      name: '周建国',
      roles: [{ organizationId: elsewhere, role: 'instructor' }],
    });
    const colleague = await makePerson(studio.db, {
      name: '王敏',
      roles: [{ organizationId: studio.college, role: 'instructor' }],
    });
    expect((await create(undefined)).status).toBe(401);
    expect((await create(outsider)).status).toBe(404);
    expect((await create(colleague)).status).toBe(403);
    const { courseId } = await makeCourse(studio.db, {
      title: '别家的课',
      organizationId: elsewhere,
      authorId: outsider.personId,
      lessons: [{ title: '一' }],
    });
    expect((await create(studio.author, { courseId })).status).toBe(404);
    expect((await create(studio.author, { courseId: 'nothing' })).status).toBe(404);

    const { headers } = await create(studio.author);
    const path = headers.location ?? '';
    for (const stranger of [outsider, colleague]) {
      expect((await send(stranger, 'HEAD', path)).status).toBe(404);
      expect((await patch(stranger, path, 0, bytes)).status).toBe(404);
      expect((await send(stranger, 'DELETE', path)).status).toBe(404);
    }
    expect((await send(undefined, 'HEAD', path)).status).toBe(401);
    expect((await send(studio.author, 'HEAD', path)).headers['upload-offset']).toBe('0');
  });

  test('no file is handed out, and no path but an id is looked at', async () => {
    const { headers } = await create(studio.author);
    expect((await send(studio.author, 'GET', headers.location ?? '')).status).toBe(405);
    for (const id of ['..%2f..%2fetc', '%2e%2e', 'a.json', 'x'.repeat(300), '01a20585-c969-7d44']) {
      expect((await send(studio.author, 'HEAD', `/api/uploads/${id}`)).status).toBe(404);
    }
    expect((await send(studio.author, 'HEAD', '/api/uploads/a/b')).status).toBe(404);
  });

  test('what is too large, empty, of unknown length or unnamed is refused in words', async () => {
    const tooLarge = await create(studio.author, { length: 10 * 1024 ** 3 + 1 });
    expect(tooLarge.status).toBe(413);
    expect(tooLarge.headers['content-type']).toBe('application/problem+json');
    expect((await create(studio.author, { length: 0 })).status).toBe(422);
    expect((await create(studio.author, { courseId: '' })).status).toBe(422);
    const unnamed = await send(studio.author, 'POST', '/api/uploads', { 'upload-length': 5 });
    expect(JSON.parse(unnamed.text)).toMatchObject({
      status: 422,
      errors: [{ pointer: '/metadata/courseId' }, { pointer: '/metadata/filename' }],
    });
    const deferred = await send(studio.author, 'POST', '/api/uploads', {
      'upload-defer-length': 1,
      'upload-metadata': `filename ${encode('a')},courseId ${encode(studio.courseId)}`,
    });
    expect(deferred.status).toBe(422);
  });

  test('more bytes than announced are not taken', async () => {
    const { headers } = await create(studio.author, { length: 100 });
    const path = headers.location ?? '';
    const id = path.split('/').at(-1) ?? '';
    const answered = await patch(studio.author, path, 0, bytes).then(
      (answer) => answer.status,
      () => 413,
    );
    expect(answered).toBeGreaterThanOrEqual(400);
    expect(statSync(join(studio.store.uploads, id)).size).toBeLessThanOrEqual(100);
  });

  test('a name is never a path', async () => {
    const { headers } = await create(studio.author, { filename: '../../etc/passwd\u0000.mp4' });
    const id = (headers.location ?? '').split('/').at(-1) ?? '';
    const rows = await studio.db
      .selectFrom('upload')
      .select('filename')
      .where('id', '=', id)
      .execute();
    expect(rows).toEqual([{ filename: 'passwd.mp4' }]);
  });
});
