import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createProbe, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readEnvironment } from '~/infra/environment.server';
import { openMediaStore } from '~/infra/media-store.server';
import { openTestBucket, type TestBucket } from '~/infra/testing-bucket';
import { createDelivery, signCdnAddress } from './media-delivery.server';

const NGINX = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find(existsSync);
const KEY = '0198/480/media.m4s';
const BYTES = Buffer.from(Array.from({ length: 4096 }, (_, n) => n % 251));
const at = Date.parse('2026-11-10T01:00:00Z');
const segment = { key: KEY, type: 'video/iso.segment', cache: 'private, immutable' };

const folder = mkdtempSync(join(tmpdir(), 'jiangxue-delivery-'));
const objects = join(folder, 'media', 'objects');
const closing: (() => unknown)[] = [];
let bucket: TestBucket;

beforeAll(async () => {
  bucket = await openTestBucket();
  mkdirSync(join(objects, '0198', '480'), { recursive: true });
  writeFileSync(join(objects, KEY), BYTES);
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(async () => {
  await bucket.close();
  rmSync(folder, { recursive: true, force: true });
});

async function listen(server: Server | ReturnType<typeof createProbe>): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  return (server.address() as AddressInfo).port;
}

/** A server that hands the segment on as the settings say; answers its address. */
async function serve(env: Record<string, string>, now = at): Promise<string> {
  const settings = readEnvironment({ DATA_DIR: folder, ...env });
  const mediaStore = openMediaStore(settings.mediaUrl, folder);
  if (mediaStore.origin !== undefined) await mediaStore.write(KEY, BYTES);
  const deliver = createDelivery({ settings, mediaStore, clock: { now: () => now } }, 'shared');
  const server = createServer((_request, response) => void deliver?.(response, segment));
  closing.push(() => server.close());
  return `http://127.0.0.1:${await listen(server)}`;
}

test('a server that nothing stands in front of sends segments itself', () => {
  const settings = readEnvironment({ DATA_DIR: folder });
  const mediaStore = openMediaStore(settings.mediaUrl);
  const clock = { now: () => at };
  expect(createDelivery({ settings, mediaStore, clock }, 'shared')).toBeUndefined();
});

test('a bucket’s segments are fetched from the bucket, by an address that lives for seconds', async () => {
  const url = await serve({ MEDIA_URL: bucket.url() });
  const handed = await fetch(url, { redirect: 'manual' });
  expect([handed.status, handed.headers.get('cache-control')]).toEqual([302, 'no-store']);
  const to = new URL(handed.headers.get('location') ?? '');
  expect([to.origin, to.searchParams.get('X-Amz-Expires')]).toEqual([bucket.origin, '45']);
  const answer = await fetch(url, { headers: { range: 'bytes=10-19' } });
  expect(answer.status).toBe(206);
  expect(Buffer.from(await answer.arrayBuffer()).equals(BYTES.subarray(10, 20))).toBe(true);
});

describe.runIf(NGINX)('a real nginx', () => {
  async function startNginx(location: string): Promise<string> {
    const probe = createProbe();
    const port = await listen(probe);
    await new Promise((done) => probe.close(done));
    const own = mkdtempSync(join(folder, 'nginx-'));
    const conf = `daemon off; master_process off; pid ${own}/pid; error_log stderr;
      events {} http { access_log off; client_body_temp_path ${own}/b; proxy_temp_path ${own}/p;
      fastcgi_temp_path ${own}/f; uwsgi_temp_path ${own}/u; scgi_temp_path ${own}/s;
      server { listen 127.0.0.1:${port}; ${location} } }`;
    writeFileSync(join(own, 'nginx.conf'), conf);
    const child: ChildProcess = spawn(NGINX ?? '', ['-c', join(own, 'nginx.conf'), '-p', own], {
      stdio: 'ignore',
    });
    closing.push(() => child.kill('SIGKILL'));
    const url = `http://127.0.0.1:${port}`;
    for (let tries = 0; tries < 100; tries += 1) {
      if (await fetch(url).catch(() => undefined)) return url;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('nginx did not start');
  }

  test('sends the file that it was told to, by range, and opens its folder to nobody', async () => {
    const ours = await serve({ MEDIA_ACCEL: '/_media/' });
    const url = await startNginx(
      `location / { proxy_pass ${ours}; }
       location /_media/ { internal; alias ${objects}/; sendfile on; }`,
    );
    const headers = { range: 'bytes=100-299' };
    const answer = await fetch(`${url}/media/${KEY}`, { headers });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe('bytes 100-299/4096');
    expect(answer.headers.get('content-type')).toBe('video/iso.segment');
    expect(answer.headers.get('cache-control')).toBe('private, immutable');
    expect(answer.headers.get('x-accel-redirect')).toBeNull();
    expect(Buffer.from(await answer.arrayBuffer()).equals(BYTES.subarray(100, 300))).toBe(true);
    expect((await fetch(`${url}/_media/${KEY}`)).status).toBe(404);
  });

  test('as a CDN opens what this server signed, until its time is over', async () => {
    const edge = await startNginx(
      `location /media/ { secure_link $arg_md5,$arg_expires;
       secure_link_md5 "$secure_link_expires$uri shared";
       if ($secure_link = "") { return 403; } if ($secure_link = "0") { return 410; }
       alias ${objects}/; }`,
    );
    const ours = await serve({ MEDIA_CDN_URL: `${edge}/media` }, Date.now());
    const answer = await fetch(ours, { headers: { range: 'bytes=0-9' } });
    expect([answer.status, answer.redirected]).toEqual([206, true]);
    expect((await fetch(answer.url.replace('480', '720'))).status).toBe(403);
    expect((await fetch(`${edge}/media/${KEY}`)).status).toBe(403);
    const past = Math.floor(Date.now() / 1000) - 1;
    expect((await fetch(signCdnAddress(`${edge}/media/${KEY}`, past, 'shared'))).status).toBe(410);
  });
});
