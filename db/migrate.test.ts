import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from './client.server';
import { listPendingMigrations, migrate } from './migrate';
import { openTestDatabase } from './testing.server';

let client: DatabaseClient;
beforeAll(async () => {
  client = await openTestDatabase();
});
afterAll(() => client.close());

describe('migrations', () => {
  test('bring an empty database to the newest schema, and nothing twice', async () => {
    expect(await listPendingMigrations(client)).toEqual([]);
    expect(await migrate(client, 1)).toEqual([]);
  });

  test('refuse a database that is newer than the program', async () => {
    await sql`insert into schema_migration (name, applied_at) values ('9999-future', 1)`.execute(
      client.db,
    );
    await expect(migrate(client, 1)).rejects.toThrow('9999-future');
    await sql`delete from schema_migration where name = '9999-future'`.execute(client.db);
  });
});
