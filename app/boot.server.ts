import { sql } from 'kysely';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openSetUpLink } from './domain/accounts/open-set-up-link.server';
import { ensureRuleSets } from './domain/classes/ensure-rule-sets.server';
import { adoptCaptions } from './domain/media/adopt-captions.server';
import type { MediaStore } from './infra/media-store.server';
import { backUpDatabase } from '~db/backup.server';
import type { DatabaseClient } from '~db/client.server';
import { listAppliedMigrations, listPendingMigrations, migrate } from '~db/migrate';
import { applyDemoPassword, seedDemo } from '~db/seed/seed-demo.server';

export interface BootedDatabase {
  /** The latest moment that any evidence carries, ms: the clock must not start before it. */
  lastStoredAt: number;
  /** What the database's own clock says, ms; undefined on SQLite, which has none. */
  databaseNow: number | undefined;
  /** Present while nobody administers the platform: the one-time secret of the set-up link. */
  setUpToken: string | undefined;
}

/**
 * Makes a database ready to serve: backs it up before it changes shape, migrates, ships the sample
 * rule sets, and either makes the demo world or opens the set-up link. `now` in ms.
 */
export async function bootDatabase(
  client: DatabaseClient,
  store: MediaStore,
  settings: { dataDir: string; demo: boolean; zone: string },
  demoPassword: string,
  now: number,
): Promise<BootedDatabase> {
  const pending = await listPendingMigrations(client);
  if (pending.length > 0 && (await listAppliedMigrations(client)).length > 0) {
    const name = `before-${pending[0]}-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
    const folder = join(settings.dataDir, 'backups', name);
    await mkdir(folder, { recursive: true });
    await backUpDatabase(client, folder, now);
  }
  await migrate(client, now);
  await ensureRuleSets(client.db, now);
  if (settings.demo) {
    const seeded = await seedDemo(
      client.db,
      store,
      { password: demoPassword, zone: settings.zone },
      now,
    );
    if (!seeded) await applyDemoPassword(client.db, demoPassword, now);
  }
  await adoptCaptions(client.db, store, now);
  const setUpToken = await openSetUpLink(client.db, now);
  return { ...(await readClockBasis(client)), setUpToken };
}

/** What a process's clock starts from. */
export async function readClockBasis(
  client: DatabaseClient,
): Promise<Pick<BootedDatabase, 'lastStoredAt' | 'databaseNow'>> {
  const last = await client.db
    .selectFrom('learner_stream')
    .select((eb) => eb.fn.max('last_at').as('at'))
    .executeTakeFirst();
  return { lastStoredAt: last?.at ?? 0, databaseNow: await readDatabaseNow(client) };
}

async function readDatabaseNow({ db, engine }: DatabaseClient): Promise<number | undefined> {
  if (engine === 'sqlite') return undefined;
  const read = sql<{ now: number }>`
    select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now`;
  return (await read.execute(db)).rows[0]?.now;
}
