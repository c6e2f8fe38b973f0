import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Upload, type HttpRequest, type UploadOptions } from 'tus-js-client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openStudio, type Studio } from '~/domain/media/testing-studio.server';
import type { DirectRoute, Exchange } from './http-server.server';
import { signedInCookie, testContext } from './testing-request.server';
import { createUploadsRoute } from './uploads.server';

// The client that most programs take, in each of its ways that this end offers (Tus-Extension).
const bytes = Buffer.alloc(3 * 1024 * 1024 + 17, 'abcdefghij');
const at = Date.parse('2026-11-10T01:00:00Z');

let studio: Studio;
let context: ReturnType<typeof testContext>;
let server: ReturnType<typeof createServer>;
let route: DirectRoute;
let address: string;
let cookie: string;

beforeAll(async () => {
  studio = await openStudio();
  context = { ...testContext(studio.client, at), mediaStore: studio.store };
  route = createUploadsRoute(context);
  cookie = await signedInCookie(context, studio.author.personId);
  server = createServer((request, response) => {
    Promise.resolve(route.handle(request as Exchange, response)).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await studio.close();
});

let requests: { method: string; override: string | undefined; status: number }[] = [];
beforeEach(() => {
  requests = [];
});

/** Begins with these options; what `ended` resolves to is the client's error, if any. */
function begin(options: Partial<UploadOptions> = {}, file: Buffer = bytes) {
  let upload!: Upload;
  const ended = new Promise<Error | undefined>((resolve) => {
    upload = new Upload(file, {
      endpoint: `${address}/api/uploads`,
      headers: { cookie },
      metadata: { filename: 'słońce 认识灌装线.mp4', courseId: studio.courseId },
      retryDelays: null,
      onAfterResponse: (request: HttpRequest, response) => {
        const override = request.getHeader('X-HTTP-Method-Override');
        requests.push({ method: request.getMethod(), override, status: response.getStatus() });
      },
      onSuccess: () => resolve(undefined),
      onError: resolve,
      ...options,
    });
    upload.start();
  });
  return { upload, ended };
}

const fileAt = (url: string | null) =>
  join(studio.store.uploads, (url ?? '').split('/').at(-1) ?? '');

const isWhole = (url: string | null) => readFileSync(fileAt(url)).equals(bytes);

test('sends a file whole, to an address that the answer gives relative to its own', async () => {
  const { upload, ended } = begin();
  expect(await ended).toBeUndefined();
  expect(upload.url).toMatch(new RegExp(`^${address}/api/uploads/[0-9a-f-]{36}$`));
  expect(isWhole(upload.url)).toBe(true);
  const stored = await studio.db
    .selectFrom('media')
    .select(['filename', 'bytes'])
    .where('id', '=', upload.url?.split('/').at(-1) ?? '')
    .executeTakeFirstOrThrow();
  expect(stored).toEqual({ filename: 'słońce 认识灌装线.mp4', bytes: bytes.length });
});

test('in parts', async () => {
  const { upload, ended } = begin({ chunkSize: 1024 * 1024 });
  expect(await ended).toBeUndefined();
  expect(requests.map(({ method }) => method)).toEqual([
    'POST',
    'PATCH',
    'PATCH',
    'PATCH',
    'PATCH',
  ]);
  expect(isWhole(upload.url)).toBe(true);
});

test('with the first bytes in the request that opens it', async () => {
  const { upload, ended } = begin({ uploadDataDuringCreation: true, chunkSize: 2 * 1024 * 1024 });
  expect(await ended).toBeUndefined();
  expect(requests.map(({ method }) => method)).toEqual(['POST', 'PATCH']);
  expect(isWhole(upload.url)).toBe(true);
  const whole = begin({ uploadDataDuringCreation: true });
  expect(await whole.ended).toBeUndefined();
  expect(isWhole(whole.upload.url)).toBe(true);
});

test('where only POST passes, under the name of the method that is meant', async () => {
  const { upload, ended } = begin({ overridePatchMethod: true });
  expect(await ended).toBeUndefined();
  expect(requests).toEqual([
    { method: 'POST', override: undefined, status: 201 },
    { method: 'POST', override: 'PATCH', status: 204 },
  ]);
  expect(isWhole(upload.url)).toBe(true);
});

test('goes on where it stopped, after a pause and from a known address', async () => {
  const paused = await new Promise<Upload>((resolve) => {
    const { upload } = begin({
      chunkSize: 1024 * 1024,
      onChunkComplete: () => void upload.abort().then(() => resolve(upload)),
    });
  });
  const { upload, ended } = begin({ uploadUrl: paused.url });
  expect(await ended).toBeUndefined();
  expect(requests.slice(2).map(({ method }) => method)).toEqual(['HEAD', 'PATCH']);
  expect(isWhole(upload.url)).toBe(true);
  const again = begin({ uploadUrl: paused.url });
  expect(await again.ended).toBeUndefined();
  expect(requests.at(-1)).toMatchObject({ method: 'HEAD', status: 200 });
});

test('opens another upload where the old one is gone', async () => {
  const gone = `${address}/api/uploads/01900000-0000-7000-8000-000000000000`;
  const { upload, ended } = begin({ uploadUrl: gone });
  expect(await ended).toBeUndefined();
  expect(requests.map(({ method, status }) => [method, status])).toEqual([
    ['HEAD', 404],
    ['POST', 201],
    ['PATCH', 204],
  ]);
  expect(isWhole(upload.url)).toBe(true);
});

test('and gives up in the middle: nothing is left', async () => {
  const given = await new Promise<Upload>((resolve, reject) => {
    const { upload } = begin({
      chunkSize: 1024 * 1024,
      onChunkComplete: () => void upload.abort(true).then(() => resolve(upload), reject),
    });
  });
  expect(requests.at(-1)).toMatchObject({ method: 'DELETE', status: 204 });
  expect(existsSync(fileAt(given.url))).toBe(false);
});

test('is told in words why a file of unknown length, or an empty one, is not taken', async () => {
  const unknown = await begin({ uploadLengthDeferred: true, chunkSize: 1024 * 1024 }).ended;
  expect(unknown?.message).toContain('Upload-Length must be at least 1');
  const empty = await begin({}, Buffer.alloc(0)).ended;
  expect(empty?.message).toContain('Upload-Length must be at least 1');
});
