import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openMediaStore } from '~/infra/media-store.server';
import { backUpDatabase } from './backup.server';
import type { DatabaseClient } from './client.server';
import { restoreDatabase } from './restore.server';
import { seedDemo } from './seed/seed-demo.server';
import { openTestDatabase } from './testing.server';
import { verifyBackup } from './verify-backup.server';

const folder = mkdtempSync(join(tmpdir(), 'jiangxue-backup-'));
const store = openMediaStore(`file:${join(folder, 'media')}`);
let client: DatabaseClient;
let count = 0;
let target = '';

beforeAll(async () => {
  client = await openTestDatabase();
  await seedDemo(
    client.db,
    store,
    { password: 'a long password', zone: 'Asia/Shanghai' },
    Date.now(),
  );
});
beforeEach(() => {
  target = join(folder, `backup-${(count += 1)}`);
});
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a backup taken while beats arrive holds every beat acknowledged before it', async () => {
  const session = await client.db
    .selectFrom('watch_session')
    .selectAll()
    .orderBy('id')
    .executeTakeFirstOrThrow();
  let seq = 100_000;
  let running = true;
  const acknowledged: number[] = [];
  const arriving = (async () => {
    while (running) {
      seq += 1;
      const wall = seq * 10;
      await client.db
        .insertInto('beat')
        .values({
          session_id: session.id,
          seq,
          wall_from_ms: wall,
          wall_to_ms: wall + 10,
          media_from_ms: 0,
          media_to_ms: 10,
          visible: 1,
          arrived_at: session.started_at + wall,
        })
        .execute();
      acknowledged.push(seq);
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  while (acknowledged.length < 20) await new Promise((resolve) => setImmediate(resolve));
  const before = [...acknowledged];
  await backUpDatabase(client, target, Date.now(), store);
  running = false;
  await arriving;

  expect(await verifyBackup(target, store)).toEqual([]);
  const other = await openTestDatabase();
  try {
    await restoreDatabase(other, target, Date.now());
    const restored = await other.db
      .selectFrom('beat')
      .select('seq')
      .where('session_id', '=', session.id)
      .execute();
    expect(restored.map((row) => row.seq)).toEqual(expect.arrayContaining(before));
    const people = (from: DatabaseClient) =>
      from.db.selectFrom('person').selectAll().orderBy('id').execute();
    expect(await people(other)).toEqual(await people(client));
  } finally {
    await other.close();
  }
});

test('an altered backup is named, and nothing of it is restored', async () => {
  await backUpDatabase(client, target, Date.now());
  const file = join(target, 'tables', 'person.ndjson');
  writeFileSync(file, readFileSync(file, 'utf8').replace('陈立群', '陈立众'));
  expect(await verifyBackup(target)).toEqual(['table person was altered']);
  const other = await openTestDatabase();
  try {
    await expect(restoreDatabase(other, target, Date.now())).rejects.toThrow('person was altered');
    expect(await other.db.selectFrom('person').selectAll().execute()).toEqual([]);
  } finally {
    await other.close();
  }
});

test('a database with people is never overwritten', async () => {
  await backUpDatabase(client, target, Date.now());
  await expect(restoreDatabase(client, target, Date.now())).rejects.toThrow('not empty');
  const people = await client.db.selectFrom('person').select('id').execute();
  expect(people.length).toBeGreaterThan(50);
});

test('a lost media file is named', async () => {
  await backUpDatabase(client, target, Date.now(), store);
  const media = await client.db
    .selectFrom('media')
    .select('id')
    .orderBy('id')
    .executeTakeFirstOrThrow();
  await store.remove(`${media.id}/poster.jpg`);
  expect(await verifyBackup(target, store)).toEqual([`media ${media.id}/poster.jpg is missing`]);
});
