import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import {
  existsSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeCourse, makeOrganization, makePerson } from '~db/testing-cast';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { addLessons } from '~/domain/courses/add-lessons.server';
import { listBegunUploads } from '~/domain/media/list-begun-uploads.server';
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
  given: { courseId?: string; length?: number; filename?: string; lessonId?: string } = {},
) {
  const { courseId = studio.courseId, length = bytes.length, filename = '认识灌装线.mp4' } = given;
  const lesson = given.lessonId === undefined ? '' : `,lessonId ${encode(given.lessonId)}`;
  return send(viewer, 'POST', '/api/uploads', {
    'upload-length': length,
    'upload-metadata': `filename ${encode(filename)},courseId ${encode(courseId)}${lesson}`,
  });
}

function patch(viewer: Viewer | undefined, path: string, offset: number, body: Buffer) {
  const type = { 'content-type': 'application/offset+octet-stream' };
  return send(viewer, 'PATCH', path, { ...type, 'upload-offset': offset }, body);
}

const fileOf = (path: string) => join(studio.store.uploads, path.split('/').at(-1) ?? '');

const arrived = (path: string, count: number) =>
  vi.waitFor(() => expect(statSync(fileOf(path)).size).toBe(count), { timeout: 10_000 });

/** A part from the upload's start that is still under way: of the whole length, or of an unknown one. */
function openPart(cookie: string, path: string, length: 'content-length' | 'chunked') {
  const { port } = server.address() as AddressInfo;
  const headers = {
    'tus-resumable': '1.0.0',
    cookie,
    'content-type': 'application/offset+octet-stream',
    'upload-offset': '0',
    ...(length === 'chunked' ? {} : { 'content-length': bytes.length }),
  };
  const request = httpRequest({ port, method: 'PATCH', path, headers });
  return request.on('error', () => undefined);
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

  test('what came before the line broke is kept', async () => {
    const path = (await create(studio.author)).headers.location ?? '';
    const broken = openPart(await cookieOf(studio.author), path, 'content-length');
    broken.write(bytes.subarray(0, 3000));
    await arrived(path, 3000);
    broken.destroy();
    const head = await send(studio.author, 'HEAD', path);
    expect(head.headers['upload-offset']).toBe('3000');
    expect((await patch(studio.author, path, 3000, bytes.subarray(3000))).status).toBe(204);
    expect(readFileSync(fileOf(path)).equals(bytes)).toBe(true);
  });

  test('one who comes from another line takes over from one that hangs', async () => {
    const path = (await create(studio.author)).headers.location ?? '';
    const hanging = openPart(await cookieOf(studio.author), path, 'content-length');
    hanging.write(bytes.subarray(0, 3000));
    await arrived(path, 3000);
    const head = await send(studio.author, 'HEAD', path);
    expect(head.headers['upload-offset']).toBe('3000');
    expect((await patch(studio.author, path, 3000, bytes.subarray(3000))).status).toBe(204);
    hanging.destroy();
    expect(readFileSync(fileOf(path)).equals(bytes)).toBe(true);
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

describe('what was sent', () => {
  const digest = () => createHash('sha256').update(bytes).digest('hex');
  const idOf = (path: string) => path.split('/').at(-1) ?? '';
  const contentOf = async (id: string) => (await listMedia(id))[0]?.content_sha256;

  test('is digested, in however many parts it arrived', async () => {
    const path = (await create(studio.author)).headers.location ?? '';
    await patch(studio.author, path, 0, bytes.subarray(0, 5000));
    await patch(studio.author, path, 5000, bytes.subarray(5000));
    await vi.waitFor(async () => expect(await contentOf(idOf(path))).toBe(digest()));
  });

  test('is digested afterwards when the server was restarted in between', async () => {
    const path = (await create(studio.author)).headers.location ?? '';
    await patch(studio.author, path, 0, bytes.subarray(0, 5000));
    route = createUploadsRoute(context);
    expect((await patch(studio.author, path, 5000, bytes.subarray(5000))).status).toBe(204);
    await vi.waitFor(async () => expect(await contentOf(idOf(path))).toBe(digest()));
  });

  test('is kept when the disk is full, and goes on when there is room', async () => {
    const path = (await create(studio.author)).headers.location ?? '';
    const file = join(studio.store.uploads, idOf(path));
    unlinkSync(file);
    symlinkSync('/dev/full', file);
    const full = await patch(studio.author, path, 0, bytes.subarray(0, 5000));
    expect([full.status, full.text]).toEqual([507, expect.stringContaining('is kept')]);
    unlinkSync(file);
    writeFileSync(file, bytes.subarray(0, 3000));
    const head = await send(studio.author, 'HEAD', path);
    expect(head.headers['upload-offset']).toBe('3000');
    expect((await patch(studio.author, path, 3000, bytes.subarray(3000))).status).toBe(204);
    await vi.waitFor(async () => expect(await contentOf(idOf(path))).toBe(digest()));
  });

  test('counts as promised room: what others were let begin is kept free for them', async () => {
    const free = vi.spyOn(studio.store, 'freeBytes').mockResolvedValue(20 * 1024 ** 3);
    const opened: string[] = [];
    const statuses: number[] = [];
    for (const length of [9, 9, 9].map((gigabytes) => gigabytes * 1024 ** 3)) {
      const { status, headers } = await create(studio.author, { length });
      statuses.push(status);
      opened.push(headers.location ?? '');
    }
    free.mockRestore();
    for (const path of opened.filter(Boolean)) await send(studio.author, 'DELETE', path);
    expect(statuses).toEqual([201, 201, 507]);
  });
});

describe('an upload for a lesson', () => {
  const addLesson = async (title: string) => {
    const chapter = await studio.db
      .selectFrom('chapter')
      .select('id')
      .where('course_id', '=', studio.courseId)
      .executeTakeFirstOrThrow();
    const wanted = { courseId: studio.courseId, chapterId: chapter.id, kind: 'video' as const };
    const added = await addLessons(studio.db, studio.author, {
      ...wanted,
      titles: [title],
      now: at,
    });
    return added.lessonIds[0] ?? '';
  };
  const lessonOf = (id: string) =>
    studio.db
      .selectFrom('lesson')
      .select(['media_id', 'removed_at', 'version'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();

  test('is shown there as soon as its last byte has come', async () => {
    const lessonId = await addLesson('装夹');
    const path = (await create(studio.author, { lessonId })).headers.location ?? '';
    await patch(studio.author, path, 0, bytes);
    const mediaId = path.split('/').at(-1);
    expect(await lessonOf(lessonId)).toMatchObject({ media_id: mediaId, version: 2 });
  });

  test('never takes the place of a video that somebody put there meanwhile', async () => {
    const lessonId = await addLesson('找正');
    const first = (await create(studio.author, { lessonId })).headers.location ?? '';
    const second = (await create(studio.author, { lessonId })).headers.location ?? '';
    await patch(studio.author, second, 0, bytes);
    await patch(studio.author, first, 0, bytes);
    expect((await lessonOf(lessonId)).media_id).toBe(second.split('/').at(-1));
    expect(await listMedia(first.split('/').at(-1) ?? '')).toHaveLength(1);
  });

  test('takes the lesson with it when it is given up untouched, and leaves one that was written', async () => {
    const untouched = await addLesson('对刀');
    const written = await addLesson('测量');
    await studio.db.updateTable('lesson').set({ version: 2 }).where('id', '=', written).execute();
    for (const lessonId of [untouched, written]) {
      const path = (await create(studio.author, { lessonId })).headers.location ?? '';
      expect((await send(studio.author, 'DELETE', path)).status).toBe(204);
    }
    expect((await lessonOf(untouched)).removed_at).toBe(at);
    expect((await lessonOf(written)).removed_at).toBeNull();
  });

  test('is refused for a lesson of another course, and for one with a video', async () => {
    const other = await makeCourse(studio.db, {
      title: '另一门',
      organizationId: studio.college,
      authorId: studio.author.personId,
      lessons: [{ title: '一' }],
    });
    const withVideo = await addLesson('首件');
    const path = (await create(studio.author, { lessonId: withVideo })).headers.location ?? '';
    await patch(studio.author, path, 0, bytes);
    for (const lessonId of [other.lessons[0]?.id ?? '', withVideo, 'nothing']) {
      const refused = await create(studio.author, { lessonId });
      expect(refused.status).toBe(422);
      expect(JSON.parse(refused.text)).toMatchObject({
        errors: [{ pointer: '/metadata/lessonId' }],
      });
    }
  });
});

test('what was begun elsewhere is found again by its owner alone', async () => {
  const path = (await create(studio.author)).headers.location ?? '';
  await patch(studio.author, path, 0, bytes.subarray(0, 700));
  const { personId } = studio.author;
  const asked = { personId, courseId: studio.courseId };
  const begun = await listBegunUploads(studio.db, studio.store, asked);
  expect(begun.find(({ id }) => path.endsWith(id))).toMatchObject({
    filename: '认识灌装线.mp4',
    bytes: bytes.length,
    receivedBytes: 700,
  });
  const stranger = { ...asked, personId: 'somebody' };
  expect(await listBegunUploads(studio.db, studio.store, stranger)).toEqual([]);
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

  test('nor more bytes of a body that does not say how long it is', async () => {
    const path = (await create(studio.author, { length: 5000 })).headers.location ?? '';
    const endless = openPart(await cookieOf(studio.author), path, 'chunked');
    const answered = new Promise<number>((resolve) => {
      endless.once('response', (response) => resolve(response.resume().statusCode ?? 0));
    });
    endless.write(bytes.subarray(0, 3000));
    await arrived(path, 3000);
    endless.end(bytes.subarray(3000));
    expect(await answered).toBe(413);
    expect(statSync(fileOf(path)).size).toBeLessThanOrEqual(5000);
    expect(await listMedia(path.split('/').at(-1) ?? '')).toEqual([]);
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
