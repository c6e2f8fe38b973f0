import SQLite from 'better-sqlite3';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchRow } from './bench-row';
import { serveWorld, signIn, type ServedWorld } from './served-world';

const GIGABYTE = 1_000_000_000;
const ROUNDS = 3;
/** BENCH_UPLOAD_GB: the size of the file through which memory is watched. */
const LARGE_BYTES = Number(process.env.BENCH_UPLOAD_GB ?? 5) * GIGABYTE;
const PART = Buffer.alloc(1_000_000, 'a film of a motor ');
const AIM_SHARE = 70;
const AIM_GROWTH_MB = 64;

/**
 * Uploads to the built server beside writing the same bytes to the same disk, and beside the least that could take
 * the same request (bare-upload.ts); and the server's memory meanwhile.
 */
export async function run(): Promise<BenchRow[]> {
  const world = await serveWorld();
  const bare = await startBare(join(world.dataDir, 'bare'));
  try {
    const cookie = await signIn(world.url, 'teacher01');
    const courseId = findCourse(world);
    const uploads: number[] = [];
    const raw: number[] = [];
    const received: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const written = await writeRaw(join(world.dataDir, 'raw'), GIGABYTE);
      const taken = await uploadBare(bare, GIGABYTE);
      const uploaded = await upload(world, cookie, courseId, GIGABYTE);
      // The first round warms up.
      if (round > 0) {
        raw.push(written);
        received.push(taken);
        uploads.push(uploaded);
      }
    }
    const before = residentMegabytes(world);
    let most = before;
    const watching = setInterval(() => {
      most = Math.max(most, residentMegabytes(world));
    }, 100);
    const large = await upload(world, cookie, courseId, LARGE_BYTES);
    clearInterval(watching);
    const share = Math.round((100 * median(uploads)) / median(raw));
    const growth = Math.round(most - before);
    const ofBare = Math.round((100 * median(uploads)) / median(received));
    const megabytes = (rate: number) => Math.round(rate / 1e6);
    return [
      { name: 'uploads: written raw, with fsync', value: megabytes(median(raw)), unit: 'MB/s' },
      {
        name: 'uploads: the same request, into a file by bare node:http',
        value: megabytes(median(received)),
        unit: 'MB/s',
      },
      { name: 'uploads: through the server', value: megabytes(median(uploads)), unit: 'MB/s' },
      {
        name: 'uploads: of raw writing',
        value: share,
        unit: '%',
        note: `must be ${AIM_SHARE}`,
        ...(share < AIM_SHARE ? { wrong: true as const } : {}),
      },
      { name: 'uploads: of the bare server', value: ofBare, unit: '%' },
      {
        name: `uploads: ${LARGE_BYTES / GIGABYTE} GB in one request`,
        value: megabytes(large),
        unit: 'MB/s',
      },
      {
        name: 'uploads: memory growth meanwhile',
        value: growth,
        unit: 'MB',
        note: `must be under ${AIM_GROWTH_MB}`,
        ...(growth >= AIM_GROWTH_MB ? { wrong: true as const } : {}),
      },
    ];
  } finally {
    bare.process.kill('SIGKILL');
    world.stop();
  }
}

interface Bare {
  process: ChildProcess;
  url: URL;
  file: string;
}

async function startBare(file: string): Promise<Bare> {
  const program = fileURLToPath(new URL('./bare-upload.ts', import.meta.url));
  const child = fork(program, [file], { execArgv: ['--import', 'tsx'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { process: child, url: new URL(`http://127.0.0.1:${port}/`), file };
}

/** Bytes a second of the same request to the bare server; the file goes again. */
async function uploadBare({ url, file }: Bare, bytes: number): Promise<number> {
  const started = performance.now();
  const status = await send(url, {}, bytes);
  if (status !== 204) throw new Error(`the bare server answered ${status}`);
  const rate = bytes / ((performance.now() - started) / 1000);
  rmSync(file);
  return rate;
}

/** Bytes a second of writing the stream to a file and making it durable. */
async function writeRaw(file: string, bytes: number): Promise<number> {
  const started = performance.now();
  const out = await open(file, 'w');
  for (let left = bytes; left > 0; left -= PART.length) {
    await out.write(PART.subarray(0, Math.min(left, PART.length)));
  }
  await out.sync();
  await out.close();
  const rate = bytes / ((performance.now() - started) / 1000);
  rmSync(file);
  return rate;
}

/** Bytes a second of a whole upload, from its opening to its last answer; the file goes again. */
async function upload(
  world: ServedWorld,
  cookie: string,
  courseId: string,
  bytes: number,
): Promise<number> {
  const encode = (text: string) => Buffer.from(text).toString('base64');
  const headers = { cookie, 'tus-resumable': '1.0.0', origin: world.url };
  const started = performance.now();
  const opened = await fetch(`${world.url}/api/uploads`, {
    method: 'POST',
    headers: {
      ...headers,
      'upload-length': String(bytes),
      'upload-metadata': `filename ${encode('bench.mp4')},courseId ${encode(courseId)}`,
    },
  });
  if (opened.status !== 201) throw new Error(`an upload was answered ${opened.status}`);
  const path = opened.headers.get('location') ?? '';
  const status = await send(new URL(path, world.url), headers, bytes);
  if (status !== 204) throw new Error(`the bytes were answered ${status}`);
  const rate = bytes / ((performance.now() - started) / 1000);
  rmSync(join(world.dataDir, 'media', 'uploads', path.split('/').at(-1) ?? ''), { force: true });
  return rate;
}

function send(url: URL, headers: Record<string, string>, bytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(url, {
      method: 'PATCH',
      headers: {
        ...headers,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': '0',
        'content-length': bytes,
      },
    });
    sending.once('response', (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    sending.once('error', reject);
    let left = bytes;
    const more = () => {
      while (left > 0) {
        const part = PART.subarray(0, Math.min(left, PART.length));
        left -= part.length;
        if (!sending.write(part)) return void sending.once('drain', more);
      }
      sending.end();
    };
    more();
  });
}

/** Memory of the server's process that is in use, and not shared with its files: VmRSS of Linux. */
function residentMegabytes({ pid }: ServedWorld): number {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1] ?? 0) / 1000;
}

function findCourse({ dataDir }: ServedWorld): string {
  const db = new SQLite(join(dataDir, 'jiangxue.sqlite'), { readonly: true });
  const courseId = db
    .prepare(
      `select a.course_id from course_author a join login_name n on n.person_id = a.person_id
        where n.login_name = 'teacher01' limit 1`,
    )
    .pluck()
    .get() as string;
  db.close();
  return courseId;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
