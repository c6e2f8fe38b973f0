import { expect, test } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { reconcile } from '../app/domain/class-hours/reconcile.server';
import { prepareViewers } from '../bench/beat-viewers';
import { openDatabase } from '../db/client.server';
import { startTemporaryPostgres } from '../db/testing-postgres';
import { accessTable } from './access-table';
import type { AccessSamples } from './access/cells';
import { addressOf } from './address';
import { ask, logins, roles, signInByApi } from './actors';
import { prepareSamples } from './prepare-samples';
import { spawnServer, untilReady } from './server-process';
import { digestTables, openStored } from './stored-world';
import { startWorld, type World } from './world';

const ZONE = 'Asia/Shanghai';

/** The kernel also sends a signal to who writes beyond a limit, which a broken disk does not: the server is deaf to it. */
const DEAF = {
  NODE_OPTIONS: '--import=data:text/javascript,process.on(%22SIGXFSZ%22,()=>undefined)',
};
/** From now on no file can be written: the kernel refuses the server's writes, as a broken disk does (EFBIG). */
const breakDisk = (world: World) =>
  execFileSync('prlimit', ['--pid', String(world.pid()), '--fsize=0:']);
const mendDisk = (world: World) =>
  execFileSync('prlimit', ['--pid', String(world.pid()), '--fsize=unlimited:']);

/** One action for each line of the access table that somebody may do, by somebody who may. */
function listActions(samples: AccessSamples) {
  return accessTable.flatMap((row) =>
    (row.actions ?? []).flatMap((action) => {
      const expected = action.own.split(/\s+/);
      const role = roles.find((who, n) => who !== 'nobody' && expected[n] === 'ok') ?? 'nobody';
      if (!expected.includes('ok') || action.method === 'HEAD') return [];
      const login = role === 'nobody' ? '' : (row.logins?.[role] ?? logins[role]);
      const path = addressOf(row, samples, action.params?.(samples)) + (action.search ?? '');
      return [{ action, login, path }];
    }),
  );
}

test('while the disk takes nothing, whatever people do is answered in words, changes nothing, and works again', async () => {
  const world = await startWorld(DEAF);
  const stored = openStored(world);
  try {
    const { own } = await prepareSamples(world, stored);
    const actions = listActions(own);
    const cookies = new Map<string, string>();
    for (const { login } of actions) {
      if (login && !cookies.has(login)) cookies.set(login, await signInByApi(world, login));
    }
    const before = digestTables(stored);
    const wrong: string[] = [];
    let unavailable = 0;
    const done: typeof actions = [];
    const act = ({ action, login, path }: (typeof actions)[number]) =>
      ask(world, path, {
        method: action.method ?? 'POST',
        ...(cookies.has(login) ? { cookie: cookies.get(login) ?? '' } : {}),
        ...(action.form ? { form: action.form(own) } : {}),
        ...(action.json ? { json: action.json(own) } : {}),
        headers: { ...action.headers?.(own) },
      });
    breakDisk(world);
    for (const one of actions) {
      const answer = await act(one).catch((error: unknown) => error);
      if (!(answer instanceof Response)) {
        wrong.push(`${one.action.does} at ${one.path}: no answer, ${String(answer)}`);
        continue;
      }
      const text = await answer.text();
      const tell = `${one.action.does} at ${one.path}: ${answer.status} ${text.slice(0, 200)}`;
      if (answer.status === 503) {
        unavailable += 1;
        if (!/现在存不上|stored|cannot-store/.test(text)) wrong.push(`no words for ${tell}`);
        if (!answer.headers.has('retry-after')) wrong.push(`not when again, for ${tell}`);
      } else if (answer.status >= 500) wrong.push(tell);
      else if (answer.status < 400 && !one.action.changesNothing) done.push(one);
    }
    console.log(`${actions.length} actions, ${unavailable} answered 503`);
    expect(wrong).toEqual([]);
    expect(digestTables(stored)).toEqual(before);
    expect(unavailable).toBeGreaterThan(actions.length / 2);
    mendDisk(world);
    // Who was told that it is done had nothing to do: it changes nothing now either. Of an upload the file is gone.
    for (const one of done) await (await act(one)).text();
    expect({ ...digestTables(stored), upload: before.upload }).toEqual(before);
    const beat = { seq: 1, wallFromMs: 0, wallToMs: 900, mediaFromMs: 0, mediaToMs: 900 };
    const answer = await ask(world, `/api/watch-sessions/${own.watchSessionId}/beats`, {
      cookie: await signInByApi(world, 'worker01'),
      json: { beats: [{ ...beat, visible: true }] },
    });
    expect([answer.status, await answer.json()]).toMatchObject([200, { ackSeq: 1 }]);
    await expect.poll(async () => (await fetch(`${world.url}/readyz`)).status).toBe(200);
  } finally {
    mendDisk(world);
    stored.close();
    await world.stop();
  }
});

interface Viewer {
  path: string;
  cookie: string;
  acknowledged: number;
}

test('PostgreSQL cuts every connection, stops and starts again: viewers are asked to wait, and nothing is lost or doubled', async () => {
  const postgres = await startTemporaryPostgres();
  const dataDir = mkdtempSync(join(tmpdir(), 'jiangxue-cut-'));
  const prepared = await prepareViewers(postgres.url, 16, { offlineAllowanceMs: 172_800_000 });
  const server = await spawnServer({ DATABASE_URL: postgres.url, DEMO: '0' }, dataDir);
  try {
    await untilReady(server);
    const viewers = prepared.map((one): Viewer => ({ ...one, acknowledged: 0 }));
    const answers = new Map<number, number>();
    const wrong: string[] = [];
    let over = false;
    const watch = async (viewer: Viewer) => {
      while (!over) {
        const seq = viewer.acknowledged + 1;
        const [from, to] = [(seq - 1) * 1_000, seq * 1_000];
        const media = { mediaFromMs: from % 2_600_000, mediaToMs: (from % 2_600_000) + 1_000 };
        const beats = [{ seq, wallFromMs: from, wallToMs: to, ...media, visible: true }];
        const answer = await ask(server, viewer.path, { cookie: viewer.cookie, json: { beats } });
        const text = await answer.text();
        answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
        if (answer.status === 200) viewer.acknowledged = seq;
        else if (answer.status !== 503 || !answer.headers.has('retry-after'))
          wrong.push(`${answer.status} ${text}`);
        else await delay(5);
      }
    };
    const watching = Promise.all(viewers.map(watch));
    const sum = () => viewers.reduce((all, { acknowledged }) => all + acknowledged, 0);
    const until = (beats: number) => expect.poll(sum, { timeout: 60_000 }).toBeGreaterThan(beats);
    const cutter = new pg.Client({ connectionString: postgres.url });
    await cutter.connect();
    let inTransaction = 0;
    for (let cut = 0; cut < 40; cut += 1) {
      const { rows } = await cutter.query<{ open: boolean; cut: boolean }>(
        `select xact_start is not null and backend_xid is not null as open, pg_terminate_backend(pid) as cut
         from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      );
      inTransaction += rows.filter(({ open }) => open).length;
      await until(sum() + Math.random() * 30);
    }
    await cutter.end();
    expect(inTransaction).toBeGreaterThan(0);
    await postgres.restart(async () => {
      const refused = answers.get(503) ?? 0;
      await expect.poll(() => answers.get(503) ?? 0).toBeGreaterThan(refused);
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    });
    await until(sum() + 100);
    over = true;
    await watching;
    console.log(`cut in ${inTransaction} open transactions; answers`, Object.fromEntries(answers));
    expect(wrong).toEqual([]);
    expect(server.child.exitCode).toBeNull();
    await expectAllStored(postgres.url, viewers);
  } finally {
    await server.remove();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

async function expectAllStored(url: string, viewers: readonly Viewer[]): Promise<void> {
  const client = openDatabase(url);
  const rows = await client.db
    .selectFrom('beat')
    .select(({ fn }) => ['session_id', fn.countAll<number>().as('beats'), fn.max('seq').as('last')])
    .groupBy('session_id')
    .execute();
  const totals = await client.db
    .selectFrom('lesson_total')
    .select(({ fn }) => fn.sum<number>('spent_ms').as('spentMs'))
    .executeTakeFirstOrThrow();
  const differences = await reconcile(client.db, ZONE);
  await client.close();
  const found = rows.map(({ session_id, beats, last }) => [session_id, beats, last]).sort();
  const expected = viewers.map(({ path, acknowledged }) => {
    return [path.split('/')[3], acknowledged, acknowledged];
  });
  expect(found).toEqual(expected.sort());
  expect(totals.spentMs).toBe(viewers.reduce((all, one) => all + one.acknowledged * 1_000, 0));
  expect(differences).toEqual([]);
}
