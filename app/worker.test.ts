import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pino from 'pino';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClock } from './infra/clock.server';
import {
  film,
  H264,
  openStudio,
  pictureAndTone,
  type Studio,
} from './domain/media/testing-studio.server';
import { removeMedia } from './domain/media/remove-media.server';
import { startWorker, type Worker, type WorkerParts } from './worker';

const WAIT = { timeout: 150_000, interval: 25 };
const here = import.meta.dirname;

let studio: Studio;
let children: ChildProcess[] = [];
let workers: Worker[] = [];
beforeEach(async () => {
  studio = await openStudio();
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(workers.map((worker) => worker.stop()));
  [children, workers] = [[], []];
  await studio.close();
});

async function databaseUrl(): Promise<string> {
  const { client, db } = studio;
  if (client.file) return `file:${client.file}`;
  const found = await sql<{ name: string }>`select current_database() as name`.execute(db);
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = `/${found.rows[0]?.name ?? ''}`;
  return url.toString();
}

async function startChild(): Promise<ChildProcess> {
  const args = ['--import', 'tsx', resolve(here, '../scripts/worker.ts')];
  const env = {
    ...process.env,
    DATABASE_URL: await databaseUrl(),
    MEDIA_URL: `file:${studio.store.root}`,
    LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, args, {
    cwd: resolve(here, '..'),
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  children.push(child);
  return child;
}

function startHere(parts?: WorkerParts): Worker {
  const { db, store } = studio;
  const clock = createClock();
  const settings = { zone: 'Asia/Shanghai' };
  const log = pino({ level: 'silent' });
  const worker = startWorker({ db, clock, mediaStore: store, settings, log }, parts);
  workers.push(worker);
  return worker;
}

const load = (id: string) =>
  studio.db
    .selectFrom('media')
    .select(['state', 'reason', 'duration_ms', 'percent'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

const listJobs = () =>
  studio.db
    .selectFrom('job')
    .select(['kind', 'attempts', 'claimed_by', 'finished_at', 'failed_at', 'error'])
    .orderBy('id')
    .execute();

const slowFilm = (name: string, seconds: number) =>
  film(
    join(studio.folder, name),
    ...pictureAndTone('320x180', seconds, '30'),
    ...['-c:v', 'mpeg4', '-q:v', '5'],
  );

/** Bytes that ffmpeg has written for this media so far. */
function bytesInWork(id: string, step = 'convert'): number {
  const work = join(studio.store.root, 'work', `${step}-${id}`);
  if (!existsSync(work)) return 0;
  return readdirSync(work, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size)
    .reduce((sum, size) => sum + size, 0);
}

/** Whether any ffmpeg still runs on this studio's files. */
function ffmpegRuns(): boolean {
  return readdirSync('/proc').some((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return command.startsWith('ffmpeg') && command.includes(studio.folder);
    } catch {
      return false;
    }
  });
}

/** Lets a worker process begin the job and kills it in the middle of ffmpeg's work, twice. */
async function killTwice(id: string, kind: string, step: string): Promise<number> {
  let inside = 0;
  for (let kill = 0; kill < 2; kill += 1) {
    const child = await startChild();
    await vi.waitFor(async () => {
      const job = (await listJobs()).find((one) => one.kind === kind);
      expect(job).toMatchObject({ attempts: kill + 1 });
      expect(bytesInWork(id, step)).toBeGreaterThan(0);
    }, WAIT);
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await ended;
    const jobs = await listJobs();
    if (jobs.some((job) => job.claimed_by !== null && job.finished_at === null)) inside += 1;
    await vi.waitFor(() => expect(ffmpegRuns()).toBe(false), WAIT);
  }
  return inside;
}

test('worker processes killed with -9 in every step of a conversion: the next one finishes it', async () => {
  const id = await studio.receive(slowFilm('long.avi', 40));
  let inside = await killTwice(id, 'encode-media', 'convert');
  expect((await load(id)).state).toBe('converting');
  expect(existsSync(join(studio.store.root, 'objects', id))).toBe(false);
  inside += await killTwice(id, 'add-renditions', 'renditions');
  expect((await load(id)).state).toBe('playable');
  process.stdout.write(`kills inside open work: ${inside} of 4\n`);
  expect(inside).toBe(4);

  const last = await startChild();
  await vi.waitFor(async () => expect((await load(id)).state).toBe('ready'), WAIT);
  expect(Math.abs((await load(id)).duration_ms - 40_000)).toBeLessThan(100);
  await vi.waitFor(async () => {
    const jobs = await listJobs();
    expect(jobs.map(({ kind, attempts }) => `${kind} ${attempts}`)).toEqual([
      'convert-media 1',
      'encode-media 3',
      'add-renditions 3',
    ]);
    for (const job of jobs) {
      expect(job).toMatchObject({ claimed_by: null, failed_at: null });
      expect(job.finished_at).not.toBeNull();
    }
  }, WAIT);
  expect(readdirSync(join(studio.store.root, 'work'))).toEqual([]);
  expect(readdirSync(studio.store.uploads)).toEqual([]);
  const ended = new Promise((done) => last.once('exit', done));
  last.kill('SIGTERM');
  expect(await ended).toBe(0);
}, 600_000);

test('a film taken away while it is converted: ffmpeg ends and nothing of it is left', async () => {
  const { db, store, author, now } = studio;
  const id = await studio.receive(slowFilm('unwanted.avi', 40));
  await startChild();
  await vi.waitFor(() => expect(bytesInWork(id)).toBeGreaterThan(0), WAIT);
  await removeMedia(db, store, author, { mediaId: id, now: now() });
  await vi.waitFor(() => expect(ffmpegRuns()).toBe(false), { timeout: 10_000, interval: 50 });
  await vi.waitFor(() => {
    const folders = ['work', 'uploads', 'objects'].filter((name) =>
      existsSync(join(store.root, name)),
    );
    for (const folder of folders) {
      const left = readdirSync(join(store.root, folder), { recursive: true }).map(String);
      expect(left.filter((name) => name.includes(id))).toEqual([]);
    }
  }, WAIT);
  expect(await load(id)).toMatchObject({ state: 'refused', reason: 'removed' });
}, 300_000);

test('how far a conversion is can be seen while it runs', async () => {
  const id = await studio.receive(slowFilm('seen.avi', 40));
  startHere();
  const seen = new Set<number>();
  await vi.waitFor(async () => {
    const { percent } = await load(id);
    if (percent !== null) seen.add(percent);
    expect(seen.size).toBeGreaterThan(2);
  }, WAIT);
  const order = [...seen];
  expect(order[0]).toBeLessThan(order[1] ?? 0);
  await vi.waitFor(async () => expect((await load(id)).state).toBe('ready'), WAIT);
  expect((await load(id)).percent).toBeNull();
}, 300_000);

test('a server that leaves conversion to others converts nothing', async () => {
  const id = await studio.receive(slowFilm('elsewhere.avi', 1));
  startHere({ conversion: false, house: true });
  const waiting = async () => expect(await load(id)).toMatchObject({ state: 'received' });
  await waiting();
  await new Promise((done) => setTimeout(done, 3_000));
  await waiting();
  await startChild();
  await vi.waitFor(async () => expect((await load(id)).state).toBe('ready'), WAIT);
}, 300_000);

test('stopped politely, it ends ffmpeg at once and gives the job back without counting it', async () => {
  const id = await studio.receive(slowFilm('stop.avi', 40));
  const worker = startHere();
  await vi.waitFor(() => expect(bytesInWork(id)).toBeGreaterThan(0), WAIT);
  await worker.stop();
  expect(ffmpegRuns()).toBe(false);
  expect(await listJobs()).toMatchObject([
    { kind: 'convert-media', attempts: 1 },
    { kind: 'encode-media', attempts: 0, claimed_by: null, finished_at: null },
  ]);
}, 300_000);

test('an upload wakes the worker; the lesson plays before the other renditions are made', async () => {
  startHere();
  const path = film(
    join(studio.folder, 'phone.mp4'),
    ...pictureAndTone('1280x720', 4),
    ...H264,
    ...['-g', '25', '-c:a', 'aac'],
  );
  const id = await studio.receive(path);
  const seen: string[] = [];
  await vi.waitFor(async () => {
    const { state } = await load(id);
    if (seen.at(-1) !== state) seen.push(state);
    expect(state).toBe('ready');
  }, WAIT);
  expect(seen).toContain('playable');
  expect((await listJobs()).map((job) => job.kind)).toEqual(['convert-media', 'add-renditions']);
}, 300_000);

test('what keeps failing is given up with its reason, and said so', async () => {
  const id = await studio.receive(slowFilm('lost.avi', 1));
  await studio.db.updateTable('job').set({ kind: 'add-renditions', attempts: 4 }).execute();
  const payload = JSON.stringify({ mediaId: id, renditions: 'no json' });
  await studio.db.updateTable('job').set({ payload }).execute();
  startHere();
  await vi.waitFor(async () => {
    const [job] = await listJobs();
    expect(job?.failed_at).not.toBeNull();
    expect(job?.error).toMatch(/JSON/);
  }, WAIT);
  await vi.waitFor(async () => {
    expect(await load(id)).toMatchObject({ state: 'refused', reason: 'conversion-failed' });
  }, WAIT);
}, 300_000);
