import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Insertable } from 'kysely';
import type { DatabaseClient, Trx } from './client.server';
import { listAppliedMigrations, migrate } from './migrate';
import type { Database } from './schema';
import { tableNames } from './table-names';
import { readBackupManifest, verifyBackup } from './verify-backup.server';

const LARGEST_BATCH_VALUES = 20_000;

/**
 * Puts a verified backup into an empty database of either engine, all of it or nothing, and then
 * brings it to the newest schema. Throws when the backup was altered or the database has people.
 * Returns the number of rows restored.
 */
export async function restoreDatabase(
  client: DatabaseClient,
  folder: string,
  now: number,
): Promise<number> {
  const wrong = await verifyBackup(folder);
  if (wrong.length > 0)
    throw new Error(`The backup is not whole, nothing was restored: ${wrong.join('; ')}`);
  const manifest = await readBackupManifest(folder);
  const applied = await listAppliedMigrations(client);
  if (applied.length > 0) {
    const anybody = await client.db.selectFrom('person').select('id').limit(1).executeTakeFirst();
    if (anybody)
      throw new Error(
        'The database is not empty; nothing was restored. Name an empty one in DATABASE_URL.',
      );
  }
  await migrate(client, now, manifest.migrations.at(-1));
  const counts = new Map(manifest.tables.map((table) => [table.name, table.rows]));
  const restored = await client.db.transaction().execute(async (trx) => {
    let total = 0;
    for (const name of [...tableNames].reverse()) {
      if (counts.has(name)) await trx.deleteFrom(name).execute();
    }
    for (const name of tableNames) {
      if (!counts.has(name)) continue;
      const rows = await restoreTable(trx, name, join(folder, 'tables', `${name}.ndjson`));
      if (rows !== counts.get(name))
        throw new Error(`table ${name} has ${rows} rows, not ${counts.get(name)}`);
      total += rows;
    }
    return total;
  });
  await migrate(client, now);
  return restored;
}

async function restoreTable(trx: Trx, name: keyof Database, file: string): Promise<number> {
  let batch: Insertable<Database[typeof name]>[] = [];
  let count = 0;
  const flush = async () => {
    if (batch.length > 0) await trx.insertInto(name).values(batch).execute();
    batch = [];
  };
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Infinity,
  })) {
    const row = JSON.parse(line) as Insertable<Database[typeof name]>;
    batch.push(row);
    count += 1;
    if (batch.length * Object.keys(row).length >= LARGEST_BATCH_VALUES) await flush();
  }
  await flush();
  return count;
}
