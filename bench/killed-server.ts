import SQLite from 'better-sqlite3';
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const SERVER = fileURLToPath(
  new URL(`../${process.env.BUILD_DIR ?? 'build'}/server/index.js`, import.meta.url),
);
/** What PostgreSQL knows the killed servers by. */
const KILLED = 'killed-server';
const ANSWERS_ARRIVE_MS = 20;

/** The built server over a database that outlives it. */
export interface KilledServer {
  port: number;
  /** From the start of the process to the first "ready" of /readyz. */
  readyMs: number;
  /** SIGKILL; answers in the middle of what the process died. */
  kill(acknowledged: () => number): Promise<KilledIn>;
}

/**
 * Inside an open transaction that had written; or between its commit and the answers, as while the disk is waited
 * for; or neither.
 */
export type KilledIn = 'transaction' | 'acknowledgement' | 'nothing';

/** Where the server's database is, and how to look from outside whether it is inside a transaction. */
export interface KilledDatabase {
  url: string;
  /** Looks while the server stands still. */
  isInTransaction(): Promise<boolean>;
  /** How many beats others can read. */
  countBeats(): Promise<number>;
  /** Waits until nothing of a dead server goes on in the database. */
  settle(): Promise<void>;
}

/** A SQLite file: whoever stands still holding the write lock is inside a transaction that has written. */
export function sqliteDatabase(file: string): KilledDatabase {
  return {
    url: `file:${file}`,
    async isInTransaction() {
      const probe = new SQLite(file, { timeout: 0 });
      try {
        probe.exec('begin immediate; rollback');
        return false;
      } catch (error) {
        if (error instanceof SQLite.SqliteError && error.code === 'SQLITE_BUSY') return true;
        throw error;
      } finally {
        // The server still has the file open, so that closing this one cleans nothing up.
        probe.close();
      }
    },
    countBeats() {
      const reader = new SQLite(file);
      const counted = reader.prepare('select count(*) as n from beat').get() as { n: number };
      reader.close();
      return Promise.resolve(counted.n);
    },
    settle: () => Promise.resolve(),
  };
}

/** A PostgreSQL database: its own list of connections tells which has written and not committed. */
export function postgresDatabase(url: string): KilledDatabase {
  const own = new URL(url);
  own.searchParams.set('application_name', KILLED);
  // One that is there already: a statement that is to be seen is over in a few ms.
  let watching: Promise<pg.Client> | undefined;
  const ask = async (question: string): Promise<number> => {
    watching ??= connectTo(url);
    const { rows } = await (await watching).query<{ n: number }>(question);
    return rows[0]!.n;
  };
  const count = (condition: string) =>
    ask(
      `select count(*) as n from pg_stat_activity where application_name = '${KILLED}' and ${condition}`,
    );
  return {
    url: own.toString(),
    async isInTransaction() {
      const isOpen = (await count('backend_xid is not null')) > 0;
      // What was sent before the server stood still runs to its end, a commit too.
      while ((await count(`state = 'active'`)) > 0) await pause(1);
      return isOpen;
    },
    countBeats: () => ask('select count(*) as n from beat'),
    async settle() {
      while ((await count('true')) > 0) await pause(5);
      await (await watching)?.end();
      watching = undefined;
    },
  };
}

async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Starts the server and waits until it is ready. */
export async function startKilledServer(
  database: KilledDatabase,
  dataDir: string,
): Promise<KilledServer> {
  const started = performance.now();
  const child = spawn(process.execPath, [SERVER], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: database.url,
      DATA_DIR: join(dataDir, 'data'),
      PORT: '0',
      HOST: '127.0.0.1',
      DEMO: '0',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await portOf(child);
  while (!(await isReady(port))) await pause(10);
  return {
    port,
    readyMs: performance.now() - started,
    async kill(acknowledged) {
      child.kill('SIGSTOP');
      await untilStopped(child);
      const inTransaction = await database.isInTransaction();
      // Answers that were sent before arrive.
      await pause(ANSWERS_ARRIVE_MS);
      const isWaitedFor = (await database.countBeats()) > acknowledged();
      child.kill('SIGKILL');
      await ended;
      if (inTransaction) return 'transaction';
      return isWaitedFor ? 'acknowledgement' : 'nothing';
    },
  };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('exit', () => reject(new Error(`the server did not start: ${said}`)));
    child.stdout?.on('data', (part: Buffer) => {
      if (said.length < 10_000) said += part.toString('utf8');
      const address = /http:\/\/127\.0\.0\.1:(\d+)/.exec(said);
      if (address) resolve(Number(address[1]));
    });
  });
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
  return answer?.ok === true;
}

/** A signal is sent at once but met a little later: on Linux the process itself tells. */
async function untilStopped(child: ChildProcess): Promise<void> {
  for (;;) {
    const state = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.[0];
    if (state === 'T') return;
    await pause(0);
  }
}
