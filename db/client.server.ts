import SQLite from 'better-sqlite3';
import { Kysely, PostgresAdapter, PostgresDialect, type Transaction } from 'kysely';
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import pg from 'pg';
import { keepPlans } from './kept-texts';
import type { Database } from './schema';
import { TurnTakingDialect } from './sqlite-dialect';
import { WriteTurns } from './write-turns';

export type Db = Kysely<Database>;
export type Trx = Transaction<Database>;
export type Engine = 'sqlite' | 'postgres';

export interface DatabaseClient {
  db: Db;
  engine: Engine;
  /** What it was opened by. */
  url: string;
  clockDriven: boolean;
  /** Of SQLite: the file, and who of this process writes to it next. */
  file?: string;
  turns?: WriteTurns;
  close(): Promise<void>;
}

// bigint, count and sum arrive as text; every number of ours is below 2^53.
pg.types.setTypeParser(20, Number);
pg.types.setTypeParser(1700, Number);

/** Marks a PostgreSQL whose evidence takes its moments from the process: under a driven clock. */
export class DrivenPostgresAdapter extends PostgresAdapter {}

class DrivenPostgresDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new DrivenPostgresAdapter();
  }
}

/**
 * Opens `file:PATH` with SQLite or `postgres://…` with PostgreSQL.
 * SQLite: WAL, synchronous=FULL (an acknowledged beat is on the disk), foreign keys, 5 s busy timeout.
 * `clockDriven`: moments of evidence come from the process on PostgreSQL too, not from the database's clock.
 * `flushesLater`, of SQLite: a commit does not wait for the disk, which is for the caller to do (WriteAheadLog).
 * `emptyLog`: first all of SQLite's log goes to the file; throws where another connection is in the way for 5 s.
 */
export function openDatabase(
  url: string,
  { clockDriven = false, flushesLater = false, emptyLog = false } = {},
): DatabaseClient {
  if (/^postgres(ql)?:/.test(url)) {
    const connections = new pg.Pool({
      connectionString: url,
      max: 10,
      connectionTimeoutMillis: 5_000,
    });
    // A connection that the server cuts must not end the process; its query, or the next one, says what is wrong.
    connections.on('error', () => undefined);
    connections.on('connect', (connection) => connection.on('error', () => undefined));
    const pool = keepPlans(connections);
    const db = new Kysely<Database>({
      dialect: clockDriven ? new DrivenPostgresDialect({ pool }) : new PostgresDialect({ pool }),
    });
    return { db, engine: 'postgres', url, clockDriven, close: () => db.destroy() };
  }
  const file = resolve(url.replace(/^file:(\/\/)?/, ''));
  mkdirSync(dirname(file), { recursive: true });
  const sqlite = new SQLite(file);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma(`synchronous = ${flushesLater ? 'NORMAL' : 'FULL'}`);
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('busy_timeout = 5000');
  if (emptyLog && sqlite.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) !== 0) {
    sqlite.close();
    throw Object.assign(new Error('The log cannot be emptied now.'), { code: 'SQLITE_BUSY' });
  }
  // What a statement sets aside while it runs (RETURNING, UPDATE FROM) needs no file of its own.
  sqlite.pragma('temp_store = MEMORY');
  // Kibibytes; the 2 MB that SQLite takes by itself are less than the ends of what a few classes write. A process has
  // two connections that fill theirs.
  sqlite.pragma('cache_size = -16384');
  // Pages. A page that many commits write goes from the log to the file once. A flush of a log that grows costs more
  // than one of a log that is written over.
  sqlite.pragma(`wal_autocheckpoint = ${flushesLater ? 1_000 : 8_000}`);
  const turns = new WriteTurns();
  const db = new Kysely<Database>({ dialect: new TurnTakingDialect(sqlite, turns) });
  return { db, engine: 'sqlite', url, clockDriven, file, turns, close: () => db.destroy() };
}
