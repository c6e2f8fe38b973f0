import SQLite from 'better-sqlite3';
import { sql } from 'kysely';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupManifest } from './backup-format';
import type { DatabaseClient, Db } from './client.server';
import { listAppliedMigrations } from './migrate';
import { tableNames } from './table-names';

const ROWS_AT_ONCE = 5_000;

/** Whatever can list its finished media: `file` is set where one is a file of this machine. */
export interface MediaListing {
  list(): AsyncIterable<{ key: string; bytes: number; file: string | undefined }>;
}

type Row = Record<string, unknown>;
type ReadTable = (name: string) => AsyncIterable<Row[]>;

/**
 * Writes one consistent picture of the database, taken while it is in use, and the manifest of the
 * `media`, into `folder` (empty or new). The manifest is written last: without it
 * a folder is no backup. The same format on both engines.
 */
export async function backUpDatabase(
  client: DatabaseClient,
  folder: string,
  now: number,
  media?: MediaListing,
): Promise<BackupManifest> {
  if (existsSync(join(folder, 'manifest.json')))
    throw new Error(`${folder} holds a backup already; nothing was written`);
  await mkdir(join(folder, 'tables'), { recursive: true });
  const migrations = await listAppliedMigrations(client);
  const tables: BackupManifest['tables'] = [];
  const present = await listPresentTables(client);
  await inSnapshot(client, async (readTable) => {
    for (const name of tableNames.filter((table) => present.has(table))) {
      tables.push(await writeTable(join(folder, 'tables', `${name}.ndjson`), name, readTable));
    }
  });
  const manifest: BackupManifest = {
    format: 1,
    createdAt: new Date(now).toISOString(),
    engine: client.engine,
    migrations,
    tables,
    media: media ? await describeMedia(media) : [],
  };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`, {
    mode: 0o600,
  });
  return manifest;
}

async function listPresentTables(client: DatabaseClient): Promise<Set<string>> {
  const tables = await client.db.introspection.getTables();
  return new Set(tables.map((table) => table.name));
}

async function inSnapshot(
  client: DatabaseClient,
  work: (readTable: ReadTable) => Promise<void>,
): Promise<void> {
  if (client.file) {
    // A connection of its own: a read transaction there keeps one picture while others write.
    const reader = new SQLite(client.file, { readonly: true });
    try {
      reader.exec('begin');
      await work((name) => readSqlite(reader, name));
    } finally {
      reader.close();
    }
    return;
  }
  await client.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) => work((name) => readPostgres(trx, name)));
}

async function* readSqlite(reader: SQLite.Database, name: string): AsyncIterable<Row[]> {
  let rows: Row[] = [];
  for (const row of reader.prepare<[], Row>(`select * from ${name}`).iterate()) {
    rows.push(row);
    if (rows.length < ROWS_AT_ONCE) continue;
    yield rows;
    rows = [];
  }
  yield rows;
}

async function* readPostgres(trx: Db, name: string): AsyncIterable<Row[]> {
  await sql`declare backup_rows cursor for select * from ${sql.table(name)}`.execute(trx);
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(ROWS_AT_ONCE)} from backup_rows`.execute(trx);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql`close backup_rows`.execute(trx);
}

async function writeTable(
  file: string,
  name: string,
  readTable: ReadTable,
): Promise<BackupManifest['tables'][number]> {
  const hash = createHash('sha256');
  const out = await open(file, 'wx', 0o600);
  let count = 0;
  try {
    for await (const rows of readTable(name)) {
      if (rows.length === 0) continue;
      const text = `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;
      hash.update(text);
      count += rows.length;
      await out.write(text);
    }
    await out.sync();
  } finally {
    await out.close();
  }
  return { name, rows: count, sha256: hash.digest('hex') };
}

/** Every finished media object with its bytes, and its SHA-256 where it is a file; sorted by key. */
async function describeMedia(media: MediaListing): Promise<BackupManifest['media']> {
  const listed: BackupManifest['media'] = [];
  for await (const { key, bytes, file } of media.list()) {
    listed.push({ key, bytes, sha256: file === undefined ? null : await hashFile(file) });
  }
  return listed.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** SHA-256 of a file, hex. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return hash.digest('hex');
}
