import SQLite from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchRow } from './bench-row';
import { fetchSegments, type SegmentRequest } from './segment-load';
import { serveWorld, type ServedWorld } from './served-world';

const NGINX = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find(existsSync);
const ROUNDS = 5;
const SECONDS = 3;
/** Six seconds at 2 Mbit/s, for eight minutes. */
const SEGMENT_BYTES = 1_500_000;
const SEGMENTS = 80;
const AIM = 80;

/** Segments of the built server, with and without the hand-off, beside nginx's sendfile of the same file. */
export async function run(): Promise<BenchRow[]> {
  if (!NGINX) {
    const note = 'nginx is not installed: nothing to compare with';
    return [{ name: 'segments', value: 0, unit: '%', note, wrong: true }];
  }
  const ports = [await freePort(), await freePort()] as const;
  const alone = await serveWorld();
  const handing = await serveWorld({ MEDIA_ACCEL: '/_media/' });
  const nginx = await startNginx(alone, handing, ports);
  try {
    const [bare, front] = ports.map((port) => `http://127.0.0.1:${port}`) as [string, string];
    const ours = await findSegments(alone);
    const handed = await findSegments(handing);
    const plain = ours.map(({ path, ...range }) => ({ path: path.split('?')[0] ?? '', ...range }));
    const sides = [
      { name: 'nginx', url: bare, cookie: '', requests: plain },
      { name: 'alone', url: alone.url, cookie: alone.cookie, requests: ours },
      { name: 'handed', url: front, cookie: handing.cookie, requests: handed },
    ];
    const rates: Record<string, number[]> = { nginx: [], alone: [], handed: [] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const { name, url, cookie, requests } of sides) {
        const rate = await fetchSegments(url, cookie, requests, SECONDS);
        // The first round warms up.
        if (round > 0) rates[name]?.push(rate);
      }
    }
    const rate = (name: string) => median(rates[name] ?? []);
    const share = (name: string) => Math.round((100 * rate(name)) / rate('nginx'));
    const megabytes = (name: string) => Math.round(rate(name) / 1e6);
    return [
      { name: 'segments: nginx sendfile', value: megabytes('nginx'), unit: 'MB/s' },
      { name: 'segments: this server alone', value: megabytes('alone'), unit: 'MB/s' },
      { name: 'segments: alone, of nginx', value: share('alone'), unit: '%' },
      { name: 'segments: handed to nginx', value: megabytes('handed'), unit: 'MB/s' },
      {
        name: 'segments: handed, of nginx',
        value: share('handed'),
        unit: '%',
        note: `must be ${AIM} alone or handed`,
        ...(Math.max(share('alone'), share('handed')) < AIM ? { wrong: true as const } : {}),
      },
    ];
  } finally {
    nginx.kill('SIGKILL');
    alone.stop();
    handing.stop();
  }
}

/** Puts a long rendition behind the learner's lesson, and reads its segments' links as a player does. */
async function findSegments({ url, cookie, dataDir, lessonId }: ServedWorld) {
  const db = new SQLite(join(dataDir, 'jiangxue.sqlite'), { timeout: 5_000 });
  const mediaId = db
    .prepare('select media_id from course_version_lesson where lesson_id = ?')
    .pluck()
    .get(lessonId) as string;
  db.close();
  const folder = join(dataDir, 'media', 'objects', mediaId, '1080');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'media.m4s'), Buffer.alloc(SEGMENTS * SEGMENT_BYTES, 'segment'));
  const segment = (index: number) =>
    `#EXTINF:6,\n#EXT-X-BYTERANGE:${SEGMENT_BYTES}@${index * SEGMENT_BYTES}\nmedia.m4s\n`;
  const all = Array.from({ length: SEGMENTS }, (_, index) => segment(index)).join('');
  writeFileSync(join(folder, 'index.m3u8'), `#EXTM3U\n${all}#EXT-X-ENDLIST\n`);
  const base = `/media/${mediaId}/1080`;
  const playlist = await fetch(`${url}${base}/index.m3u8`, { headers: { cookie } });
  if (playlist.status !== 200) throw new Error(`the playlist was answered ${playlist.status}`);
  const links = (await playlist.text()).split('\n').filter((line) => line.startsWith('media.m4s'));
  return links.map((link, index): SegmentRequest => {
    const from = index * SEGMENT_BYTES;
    return { path: `${base}/${link}`, from, to: from + SEGMENT_BYTES - 1 };
  });
}

async function startNginx(
  alone: ServedWorld,
  handing: ServedWorld,
  [bare, front]: readonly [number, number],
) {
  const own = mkdtempSync(join(tmpdir(), 'jiangxue-nginx-'));
  const objects = (world: ServedWorld) => join(world.dataDir, 'media', 'objects');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${own}/${name};`)
    .join(' ');
  const conf = `daemon off; master_process off; pid ${own}/pid; error_log stderr crit;
    events { worker_connections 256; }
    http { access_log off; ${temporary} sendfile on; tcp_nopush on; keepalive_requests 1000000;
      upstream ours { server ${new URL(handing.url).host}; keepalive 16; }
      server { listen 127.0.0.1:${bare}; location /media/ { alias ${objects(alone)}/; } }
      server { listen 127.0.0.1:${front};
        location / { proxy_pass http://ours; proxy_http_version 1.1; proxy_set_header Connection "";
          proxy_set_header Host $host; }
        location /_media/ { internal; alias ${objects(handing)}/; } } }`;
  writeFileSync(join(own, 'nginx.conf'), conf);
  const child = spawn(NGINX ?? '', ['-c', join(own, 'nginx.conf'), '-p', own], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  child.once('exit', () => rmSync(own, { recursive: true, force: true }));
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(`http://127.0.0.1:${bare}/`).catch(() => undefined)) return child;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nginx did not start');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
