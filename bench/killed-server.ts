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

/** The built server over a database that outlives it. */
export interface KilledServer {
  port: number;
  /** From the start of the process to the first "ready" of /readyz. */
  readyMs: number;
  /** SIGKILL; answers whether the process died inside an open transaction that had written. */
  kill(): Promise<boolean>;
}

/** Where the server's database is, and how to look from outside whether it is inside a transaction. */
export interface KilledDatabase {
  url: string;
  /** Looks while the server stands still. */
  isInTransaction(): Promise<boolean>;
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
    settle: () => Promise.resolve(),
  };
}

/** A PostgreSQL database: its own list of connections tells which has written and not committed. */
export function postgresDatabase(url: string): KilledDatabase {
  const own = new URL(url);
  own.searchParams.set('application_name', KILLED);
  const count = async (condition: string): Promise<number> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ n: number }>(
      `select count(*) as n from pg_stat_activity where application_name = '${KILLED}' and ${condition}`,
    );
    await client.end();
    return rows[0]!.n;
  };
  return {
    url: own.toString(),
    async isInTransaction() {
      // What was sent before the server stood still runs to its end, a commit too: only what then waits is open.
      while ((await count(`state = 'active'`)) > 0) await pause(1);
      return (await count(`state = 'idle in transaction' and backend_xid is not null`)) > 0;
    },
    async settle() {
      while ((await count('true')) > 0) await pause(5);
    },
  };
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
    async kill() {
      child.kill('SIGSTOP');
      await untilStopped(child);
      const inTransaction = await database.isInTransaction();
      child.kill('SIGKILL');
      await ended;
      return inTransaction;
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
