import { sql, type Kysely } from 'kysely';
import type { DatabaseClient } from './client.server';
import { migrations } from './migrations';

const MIGRATION_LOCK = 7_251_104;

interface MigrationTables {
  schema_migration: { name: string; applied_at: number };
}

/** The names of the migrations this database has run, in order. */
export async function listAppliedMigrations(client: DatabaseClient): Promise<string[]> {
  const db = client.db as unknown as Kysely<MigrationTables>;
  await db.schema
    .createTable('schema_migration')
    .ifNotExists()
    .addColumn('name', 'text', (c) => c.primaryKey().notNull())
    .addColumn('applied_at', 'bigint', (c) => c.notNull())
    .execute();
  const rows = await db.selectFrom('schema_migration').select('name').orderBy('name').execute();
  return rows.map((row) => row.name);
}

/** The names this code knows and the database has not run yet, in order. */
export async function listPendingMigrations(client: DatabaseClient): Promise<string[]> {
  const applied = new Set(await listAppliedMigrations(client));
  return Object.keys(migrations).filter((name) => !applied.has(name));
}

/**
 * Brings the database to the newest schema; each migration in a transaction of its own, so that a
 * failing one leaves the database at the last good level. Several processes may call it at once.
 * `upTo` names the last one to run (for restoring an old backup). Returns the names it ran. Throws when the database is newer than this code.
 */
export async function migrate(
  client: DatabaseClient,
  now: number,
  upTo?: string,
): Promise<string[]> {
  const applied = await listAppliedMigrations(client);
  const unknown = applied.filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    throw new Error(`the database is newer than this program: it has run ${unknown.join(', ')}`);
  }
  const ran: string[] = [];
  for (const [name, migration] of Object.entries(migrations)) {
    if (upTo !== undefined && name > upTo) break;
    const db = client.db as unknown as Kysely<MigrationTables>;
    await db.transaction().execute(async (trx) => {
      if (client.engine === 'postgres')
        await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(trx);
      const done = await trx
        .selectFrom('schema_migration')
        .select('name')
        .where('name', '=', name)
        .executeTakeFirst();
      if (done) return;
      await migration.up(trx as unknown as Kysely<unknown>);
      await trx.insertInto('schema_migration').values({ name, applied_at: now }).execute();
      ran.push(name);
    });
  }
  return ran;
}
