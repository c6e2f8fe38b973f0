import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from './client.server';
import { prepareQuery } from './prepared-query';
import { makeOrganization, STORY_BEGINS } from './testing-cast';
import { openTestDatabase } from './testing.server';

let client: DatabaseClient;
let built = 0;

const findNamed = prepareQuery((db, values: { name: string; since: number }) => {
  built += 1;
  return db
    .selectFrom('organization')
    .select(['id', 'mark'])
    .where((eb) => eb.or([eb('name', '=', values.name), eb('mark', '=', values.name)]))
    .where('created_at', '>=', values.since)
    .where('kind', 'in', ['bureau', 'technicianCollege'])
    .orderBy('mark');
});

beforeAll(async () => {
  client = await openTestDatabase();
  await makeOrganization(client.db, { name: '甲', mark: '甲' });
  await makeOrganization(client.db, { name: '乙', mark: '甲' });
  await makeOrganization(client.db, { name: '丙', mark: '丙' });
});
afterAll(() => client.close());

test('each call takes its own values, and the SQL is built once', async () => {
  const marks = async (name: string, since = 0) =>
    (await findNamed(client.db, { name, since })).map(({ mark }) => mark);
  expect(await marks('甲')).toEqual(['甲', '甲']);
  expect(await marks('丙')).toEqual(['丙']);
  expect(await marks('丙', STORY_BEGINS + 1)).toEqual([]);
  expect(await marks("甲' or 1=1 --")).toEqual([]);
  expect(built).toBe(1);
});

test('within a transaction it sees what that has written', async () => {
  const seen = await client.db.transaction().execute(async (trx) => {
    await makeOrganization(trx, { name: '丁', mark: '丁' });
    return findNamed(trx, { name: '丁', since: 0 });
  });
  expect(seen).toHaveLength(1);
});
