import { spawn, type ChildProcess } from 'node:child_process';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { makeStudyWorld } from '~db/testing-study';
import { openWatchSession } from '~/domain/class-hours/open-watch-session.server';
import { reconcile } from '~/domain/class-hours/reconcile.server';
import { signedInCookie, testContext } from '~/web/testing-request.server';
import { beat, letPass, MINUTE } from './testing-player';

const KILLS = Number(process.env.KILLS ?? 4);
const VIEWERS = 32;
/** What PostgreSQL knows the killed processes by. */
const KILLED = 'killed-server';
const ZONE = 'Asia/Shanghai';
const PROGRAM = fileURLToPath(new URL('./testing-beats-process.ts', import.meta.url));

let client: DatabaseClient;
beforeAll(async () => {
  client = await openTestDatabase();
});
afterAll(() => client.close());

interface Viewer {
  sessionId: string;
  cookie: string;
  /** The greatest seq that was acknowledged. */
  acknowledged: number;
}

interface Running {
  child: ChildProcess;
  port: number;
  /** All marks so far: b and c. */
  marks(): string;
  ended: Promise<void>;
}

async function databaseUrl(): Promise<string> {
  if (client.file) return `file:${client.file}`;
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
    client.db,
  );
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = `/${rows[0]!.name}`;
  url.searchParams.set('application_name', KILLED);
  return url.toString();
}

/** A commit that PostgreSQL had already been sent may still be under way after the process has died. */
async function letCommitsEnd(): Promise<void> {
  if (client.engine !== 'postgres') return;
  const open = sql<{ n: number }>`
    select count(*) as n from pg_stat_activity where application_name = ${KILLED}`;
  await expect
    .poll(async () => (await open.execute(client.db)).rows[0]!.n, { timeout: 20_000 })
    .toBe(0);
}

async function startProcess(url: string): Promise<Running> {
  const env = { ...process.env, DATABASE_URL: url };
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let written = '';
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the server did not start')));
    child.stdout.on('data', (part: Buffer) => {
      written += part.toString('latin1');
      if (written.includes('\n')) resolve(Number(written.split('\n')[0]));
    });
  });
  return { child, port, marks: () => written.slice(written.indexOf('\n') + 1), ended };
}

/** Sends the viewer's next beat; false when the server went away before it answered. */
function sendNext(port: number, viewer: Viewer): Promise<boolean> {
  const seq = viewer.acknowledged + 1;
  const body = JSON.stringify({ beats: [beat(seq, seq - 1, seq, (seq - 1) % 500)] });
  const headers = { 'content-type': 'application/json', cookie: viewer.cookie };
  const path = `/api/watch-sessions/${viewer.sessionId}/beats`;
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, method: 'POST', headers }, (answer) => {
      let text = '';
      answer.on('data', (part: Buffer) => (text += part.toString()));
      answer.once('error', () => resolve(false));
      answer.once('end', () => {
        if (!answer.complete) return resolve(false);
        if (answer.statusCode !== 200) return reject(new Error(`${answer.statusCode}: ${text}`));
        const { ackSeq } = JSON.parse(text) as { ackSeq: number };
        if (ackSeq >= seq) viewer.acknowledged = seq;
        resolve(true);
      });
    });
    sent.once('error', () => resolve(false));
    sent.end(body);
  });
}

async function watchUntilDeath({ child, port }: Running, viewer: Viewer): Promise<void> {
  while (await sendNext(port, viewer));
  if (!child.killed) throw new Error('The server gave no answer while it was alive.');
}

test('a server killed while people watch loses nothing acknowledged and counts nothing twice', async () => {
  const world = await makeStudyWorld(client.db, Date.now(), { learners: VIEWERS });
  const context = testContext(client, Date.now());
  const lessonId = world.course.lessons[0]!.id;
  const viewers: Viewer[] = [];
  for (const { viewer, enrollmentId } of world.learners) {
    const { personId } = viewer;
    const wanted = { personId, enrollmentId, lessonId };
    const session = await openWatchSession(client.db, wanted, { zone: ZONE, now: Date.now() });
    await letPass(client.db, personId, 600 * MINUTE);
    const cookie = await signedInCookie(context, personId);
    viewers.push({ sessionId: session.id, cookie, acknowledged: 0 });
  }
  const url = await databaseUrl();
  let inOpenWork = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const server = await startProcess(url);
    const before = viewers.reduce((sum, viewer) => sum + viewer.acknowledged, 0);
    const watching = viewers.map((viewer) => watchUntilDeath(server, viewer));
    const wanted = 3 * VIEWERS + Math.floor(Math.random() * 4 * VIEWERS);
    await expect
      .poll(() => viewers.reduce((sum, viewer) => sum + viewer.acknowledged, 0) - before, {
        timeout: 20_000,
        interval: 1 + Math.random() * 5,
      })
      .toBeGreaterThan(wanted);
    server.child.kill('SIGKILL');
    await server.ended;
    await Promise.all(watching);
    if (server.marks().endsWith('b')) inOpenWork += 1;
  }
  process.stdout.write(
    `${client.engine}: ${KILLS} kills, ${inOpenWork} of them inside an open transaction\n`,
  );
  await letCommitsEnd();
  const stored = await client.db
    .selectFrom('beat')
    .select(({ fn }) => ['session_id', fn.countAll<number>().as('beats'), fn.max('seq').as('last')])
    .groupBy('session_id')
    .execute();
  const bySession = new Map(stored.map((row) => [row.session_id, row]));
  for (const { sessionId, acknowledged } of viewers) {
    const row = bySession.get(sessionId) ?? { beats: 0, last: 0 };
    expect(row.beats).toBe(row.last);
    expect(row.last).toBeGreaterThanOrEqual(acknowledged);
    expect(row.last).toBeLessThanOrEqual(acknowledged + 1);
  }
  expect(viewers.reduce((sum, viewer) => sum + viewer.acknowledged, 0)).toBeGreaterThan(0);
  const beats = stored.reduce((sum, row) => sum + row.beats, 0);
  const { spent } = await client.db
    .selectFrom('lesson_total')
    .select(({ fn }) => fn.sum<number>('spent_ms').as('spent'))
    .executeTakeFirstOrThrow();
  expect(spent).toBe(beats * 1_000);
  expect(await reconcile(client.db, ZONE)).toEqual([]);
}, 600_000);
