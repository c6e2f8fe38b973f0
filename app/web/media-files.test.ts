import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, readdirSync, readlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeClass, makeEnrollment, makeOrganization, makePerson } from '~db/testing-cast';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { openStudio, type Studio } from '~/domain/media/testing-studio.server';
import { newId } from '~/domain/shared/new-id.server';
import type { DirectRoute, Exchange } from './http-server.server';
import { readSecret } from '~/infra/secret.server';
import { findMediaAhead } from './media-ahead.server';
import { createMediaFilesRoute } from './media-files.server';
import { createSegmentLinks } from './segment-links.server';
import { signedInCookie, testContext } from './testing-request.server';

const at = Date.parse('2026-11-10T01:00:00Z');
const SEGMENT = Buffer.from(Array.from({ length: 1000 }, (_, n) => n % 251));

const PLAYLIST = [
  '#EXTM3U',
  '#EXT-X-MAP:URI="media.m4s",BYTERANGE="100@0"',
  '#EXTINF:6.000000,',
  '#EXT-X-BYTERANGE:900@100',
  'media.m4s',
  '#EXT-X-ENDLIST',
  '',
].join('\n');

let studio: Studio;
let context: ReturnType<typeof testContext>;
let server: ReturnType<typeof createServer>;
let route: DirectRoute;
let mediaId: string;
const cookies = new Map<string, string>();

beforeAll(async () => {
  studio = await openStudio();
  context = { ...testContext(studio.client, at), mediaStore: studio.store };
  route = createMediaFilesRoute(context);
  server = createServer((request, response) => {
    Promise.resolve(route.handle(request as Exchange, response)).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  mediaId = await addMedia();
  await studio.db
    .updateTable('course_version_lesson')
    .set({ media_id: mediaId })
    .where('lesson_id', '=', studio.lessonId)
    .execute();
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await studio.close();
});

async function addMedia(): Promise<string> {
  const id = newId();
  await studio.db
    .insertInto('media')
    .values({
      id,
      course_id: studio.courseId,
      organization_id: studio.college,
      uploaded_by: studio.author.personId,
      filename: 'a.mp4',
      bytes: 1,
      state: 'ready',
      duration_ms: 1000,
      width: 640,
      height: 360,
      created_at: at,
      updated_at: at,
    })
    .execute();
  const folder = join(studio.store.root, 'objects', id, '360');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '..', 'master.m3u8'), '#EXTM3U\n');
  writeFileSync(join(folder, '..', 'poster.jpg'), 'jpeg');
  writeFileSync(join(folder, '..', 'captions.zh.vtt'), 'WEBVTT\n');
  writeFileSync(join(folder, '..', 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.m3u8'), PLAYLIST);
  writeFileSync(join(folder, 'media.m4s'), SEGMENT);
  return id;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

async function get(
  viewer: Viewer | undefined,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const all: Record<string, string> = { ...headers };
  if (viewer) {
    const known = cookies.get(viewer.personId) ?? (await signedInCookie(context, viewer.personId));
    cookies.set(viewer.personId, known);
    all.cookie = known;
  }
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, method, path, headers: all }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts),
        }),
      );
    });
    request.once('error', reject);
    request.end();
  });
}

/** The address of a file as this person's playlist gives it. */
function linked(viewer: Viewer | undefined, name: string, id = mediaId): string {
  if (!/^[\w]+\/[\w]+\.m4s$/.test(name)) return `/media/${id}/${name}`;
  const links = createSegmentLinks(readSecret(context.settings.dataDir, 'media-links'));
  return `/media/${id}/${name}?${links.query(viewer?.personId ?? '', `${id}/${name}`, '1', at)}`;
}

const statusFor = async (viewer: Viewer | undefined, name = '360/media.m4s', id = mediaId) =>
  (await get(viewer, linked(viewer, name, id))).status;

describe('who may watch', () => {
  test('authors, managers of the course and of a class, its learners, and the bureau; nobody else', async () => {
    const { db, college, course, courseId } = studio;
    const enterprise = await makeOrganization(db, { name: '海岱动力集团', kind: 'enterprise' });
    const school = await makeOrganization(db, { name: '渤海技工学校', kind: 'technicalSchool' });
    const person = (
      name: string,
      organizationId: string,
      role: 'manager' | 'instructor' | 'learner',
    ) => makePerson(db, { name, roles: [{ organizationId, role }] });
    const classId = await makeClass(db, {
      title: '灌装线一班',
      organizationId: school,
      courses: [course],
      createdBy: studio.author.personId,
    });
    const learners = {
      enrolled: await person('一', school, 'learner'),
      completed: await person('二', school, 'learner'),
      applied: await person('三', school, 'learner'),
      withdrawn: await person('四', school, 'learner'),
    } as const;
    for (const [status, learner] of Object.entries(learners)) {
      await makeEnrollment(db, {
        classId,
        personId: learner.personId,
        status: status as keyof typeof learners,
      });
    }
    const partnerManager = await person('五', enterprise, 'manager');
    expect(await statusFor(partnerManager)).toBe(404);
    await db
      .insertInto('course_partner')
      .values({
        course_id: courseId,
        organization_id: enterprise,
        invited_by: studio.author.personId,
        invited_at: at,
        accepted_at: at,
      })
      .execute();

    const may = [
      studio.author,
      await person('六', college, 'manager'),
      await person('七', school, 'manager'),
      await person('八', enterprise, 'manager'),
      await makePerson(db, { name: '九', administrator: true }),
      learners.enrolled,
      learners.completed,
    ];
    for (const viewer of may) expect(await statusFor(viewer)).toBe(200);
    const mayNot = [
      await person('十', college, 'instructor'),
      await person('十一', school, 'learner'),
      await person('十二', enterprise, 'instructor'),
      learners.applied,
      learners.withdrawn,
    ];
    for (const viewer of mayNot) {
      expect(await statusFor(viewer)).toBe(404);
      expect(await statusFor(viewer, 'master.m3u8')).toBe(404);
      expect(await statusFor(viewer, 'captions.zh.vtt')).toBe(404);
    }
    expect(await statusFor(undefined)).toBe(401);
  });

  test('the still of a published lesson is for everybody, that of a draft is not', async () => {
    const draft = await addMedia();
    expect(await statusFor(undefined, 'poster.jpg')).toBe(200);
    expect(await statusFor(undefined, 'poster.jpg', draft)).toBe(401);
    expect(await statusFor(studio.author, 'poster.jpg', draft)).toBe(200);
  });
});

describe('the links of a playlist', () => {
  const linksOf = async (viewer: Viewer) => {
    const { body } = await get(viewer, `/media/${mediaId}/360/index.m3u8`);
    return [...body.toString().matchAll(/media\.m4s[^\s"]*/g)].map(([link]) => link);
  };

  test('open every segment for the person who loaded it, and for nobody else', async () => {
    const manager = await makePerson(studio.db, {
      name: '张立',
      roles: [{ organizationId: studio.college, role: 'manager' }],
    });
    const links = await linksOf(studio.author);
    expect(links).toHaveLength(2);
    const [link = ''] = links;
    const fetched = await get(studio.author, `/media/${mediaId}/360/${link}`);
    expect([fetched.status, fetched.body.length]).toEqual([200, 1000]);

    const copied = await get(manager, `/media/${mediaId}/360/${link}`);
    expect([copied.status, JSON.parse(copied.body.toString())]).toMatchObject([
      403,
      { type: 'link-refused' },
    ]);
    expect((await get(undefined, `/media/${mediaId}/360/${link}`)).status).toBe(401);
    expect(
      (await get(manager, `/media/${mediaId}/360/${(await linksOf(manager))[0]}`)).status,
    ).toBe(200);
  });

  test('cannot be had without the playlist, nor stretched to another file', async () => {
    const bare = await get(studio.author, `/media/${mediaId}/360/media.m4s`);
    expect(bare.status).toBe(403);
    const [link = ''] = await linksOf(studio.author);
    const other = link.replace('media.m4s', 'other.m4s');
    expect((await get(studio.author, `/media/${mediaId}/360/${other}`)).status).toBe(403);
  });

  test('change when the file behind them is made anew', async () => {
    const before = await linksOf(studio.author);
    const file = join(studio.store.root, 'objects', mediaId, '360', 'media.m4s');
    utimesSync(file, 1, 1);
    const after = await linksOf(studio.author);
    expect(after).not.toEqual(before);
    expect((await get(studio.author, `/media/${mediaId}/360/${after[0]}`)).status).toBe(200);
  });

  test('a playlist is sent small where the browser can unpack it, and not again when it is known', async () => {
    const folder = join(studio.store.root, 'objects', mediaId, '360');
    const long = PLAYLIST.replace(/#EXTINF[^]*m4s\n/, (part) => part.repeat(500));
    writeFileSync(join(folder, 'index.m3u8'), long);
    const path = `/media/${mediaId}/360/index.m3u8`;
    const plain = await get(studio.author, path);
    const packed = await get(studio.author, path, { 'accept-encoding': 'gzip, br' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
    expect(packed.body.length).toBeLessThan(plain.body.length / 20);
    const etag = packed.headers.etag ?? '';
    expect((await get(studio.author, path, { 'if-none-match': etag })).status).toBe(304);
    writeFileSync(join(folder, 'index.m3u8'), PLAYLIST);
  });
});

test('a learner whose enrollment is withdrawn gets no segment more, although they hold its link', async () => {
  const school = await makeOrganization(studio.db, {
    name: '海曲技工学校',
    kind: 'technicalSchool',
  });
  const learner = await makePerson(studio.db, {
    name: '陈立',
    roles: [{ organizationId: school, role: 'learner' }],
  });
  const classId = await makeClass(studio.db, {
    title: '灌装线二班',
    organizationId: school,
    courses: [studio.course],
    createdBy: studio.author.personId,
  });
  await makeEnrollment(studio.db, { classId, personId: learner.personId, status: 'enrolled' });
  const link = linked(learner, '360/media.m4s');
  expect((await get(learner, link)).status).toBe(200);
  await studio.db
    .updateTable('enrollment')
    .set({ status: 'withdrawn' })
    .where('person_id', '=', learner.personId)
    .execute();
  await vi.waitFor(async () => expect((await get(learner, link)).status).toBe(404), {
    timeout: 20_000,
    interval: 500,
  });
}, 30_000);

describe('what is sent', () => {
  const segment = () => linked(studio.author, '360/media.m4s');

  test.each([
    ['bytes=0-99', 206, 0, 100],
    ['bytes=990-', 206, 990, 1000],
    ['bytes=-10', 206, 990, 1000],
    ['bytes=900-5000', 206, 900, 1000],
    ['bytes=-5000', 206, 0, 1000],
    ['bytes=5-2', 200, 0, 1000],
    ['bytes=0-1,5-6', 200, 0, 1000],
    ['lines=0-1', 200, 0, 1000],
  ])('%s answers %i', async (range, status, from, to) => {
    const answer = await get(studio.author, segment(), { range });
    expect(answer.status).toBe(status);
    expect(answer.body.equals(SEGMENT.subarray(from, to))).toBe(true);
    expect(answer.headers['content-length']).toBe(String(to - from));
    if (status === 206)
      expect(answer.headers['content-range']).toBe(`bytes ${from}-${to - 1}/1000`);
  });

  test.each(['bytes=1000-', 'bytes=-0'])('%s lies outside', async (range) => {
    const answer = await get(studio.author, segment(), { range });
    expect(answer.status).toBe(416);
    expect(answer.headers['content-range']).toBe('bytes */1000');
  });

  test('a known version is not sent again; a part of another version is sent whole', async () => {
    const first = await get(studio.author, segment());
    const etag = first.headers.etag ?? '';
    expect(first.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      'content-type': 'video/iso.segment',
    });
    expect(first.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    const known = await get(studio.author, segment(), { 'if-none-match': etag });
    expect([known.status, known.body.length]).toEqual([304, 0]);
    const range = 'bytes=0-9';
    const same = await get(studio.author, segment(), { range, 'if-range': etag });
    expect(same.status).toBe(206);
    const other = await get(studio.author, segment(), { range, 'if-range': '"other"' });
    expect([other.status, other.body.length]).toEqual([200, 1000]);
    const head = await get(studio.author, segment(), { range }, 'HEAD');
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([206, '10', 0]);
  });

  test('nothing outside the known files can be reached', async () => {
    const names = [
      'secret.txt',
      '../master.m3u8',
      '360/../master.m3u8',
      '360/..%2fmaster.m3u8',
      '%2e%2e/%2e%2e/uploads/a',
      '..\\..\\a',
      '360/media.m4s%00.jpg',
      '360//media.m4s',
      '360/./media.m4s',
      '360/%2e%2e/%2e%2e/secret.txt',
      '360/..;/..;/secret.txt',
      '360/..%5c..%5csecret.txt',
      '360/%252e%252e%252fsecret.txt',
      '360/..%c0%afsecret.txt',
      '360/\u2025/secret.txt'.replace('\u2025', '%E2%80%A5'),
      '....//....//secret.txt',
      '360/media.m4s/..',
      '360/media.m4s/',
      'objects/360/media.m4s',
      '360/MEDIA.M4S',
      'file:///etc/passwd',
      '/etc/passwd',
      '360/index.m3u8.1.draft',
      `${'a'.repeat(5000)}.m4s`,
      '',
    ];
    for (const name of names) {
      expect([name, await statusFor(studio.author, name)]).toEqual([name, 404]);
    }
    expect(await statusFor(studio.author, 'master.m3u8', '..')).toBe(404);
    expect(await statusFor(studio.author, 'master.m3u8', newId())).toBe(404);
    expect(await statusFor(studio.author, '720/index.m3u8')).toBe(404);
    expect((await get(studio.author, segment(), {}, 'POST')).status).toBe(405);
  });

  test('who was served a playlist or a part is noted once; posters, captions and refusals are not', async () => {
    const id = await addMedia();
    const lesson = studio.db
      .updateTable('course_version_lesson')
      .where('lesson_id', '=', studio.lessonId);
    await lesson.set({ media_id: id }).execute();
    const { personId } = studio.author;
    const servings = () =>
      studio.db.selectFrom('media_serving').selectAll().where('media_id', '=', id).execute();
    const stranger = await makePerson(studio.db, { name: '路人' });
    for (const name of ['poster.jpg', 'captions.zh.vtt']) {
      expect(await statusFor(studio.author, name, id)).toBe(200);
    }
    expect(await statusFor(stranger, 'master.m3u8', id)).toBe(404);
    expect((await get(studio.author, `/media/${id}/master.m3u8`, {}, 'HEAD')).status).toBe(200);
    expect(await servings()).toEqual([]);
    expect(await statusFor(studio.author, 'master.m3u8', id)).toBe(200);
    expect(await statusFor(studio.author, '360/media.m4s', id)).toBe(200);
    expect(await servings()).toEqual([{ person_id: personId, media_id: id, first_at: at }]);
    await lesson.set({ media_id: mediaId }).execute();
  });

  test('a browser that goes away leaves no file open', async () => {
    const large = join(studio.store.root, 'objects', mediaId, '360', 'large.m4s');
    writeFileSync(large, Buffer.alloc(64 * 1024 * 1024));
    const { port } = server.address() as AddressInfo;
    const cookie = cookies.get(studio.author.personId) ?? '';
    const path = linked(studio.author, '360/large.m4s');
    await new Promise<void>((resolve, reject) => {
      const request = httpRequest({ port, path, headers: { cookie } }, (response) => {
        response.once('data', () => {
          expect(isOpen(large)).toBe(true);
          request.destroy();
          resolve();
        });
        response.on('error', () => undefined);
      });
      request.once('error', reject);
      request.end();
    });
    await vi.waitFor(() => expect(isOpen(large)).toBe(false));
  });
});

function isOpen(path: string): boolean {
  return readdirSync('/proc/self/fd').some((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch {
      return false;
    }
  });
}

describe('what a lesson’s page says of its first seconds', () => {
  const ahead = (wanted: Partial<Parameters<typeof findMediaAhead>[1]>) =>
    findMediaAhead(context, {
      personId: studio.author.personId,
      mediaId,
      height: 360,
      atMs: 0,
      ...wanted,
    });

  test('are the links that the person’s own playlist gives, and they open', async () => {
    const found = await ahead({});
    expect(found?.master).toBe('#EXTM3U\n');
    const playlist = (await get(studio.author, found?.playlist ?? '')).body.toString();
    expect(found?.parts.map(({ range }) => range)).toEqual(['bytes=0-99', 'bytes=100-999']);
    for (const { url, range } of found?.parts ?? []) {
      expect(playlist).toContain(url.slice(url.lastIndexOf('/') + 1));
      expect((await get(studio.author, url, { range: range ?? '' })).status).toBe(206);
    }
  });

  test('are left to the player where the store does not have them', async () => {
    expect(await ahead({ height: 720 })).toBeNull();
    expect(await ahead({ mediaId: newId() })).toBeNull();
  });
});
