import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from './client.server';
import { prepareRows } from './row-statement';
import { openTestDatabase } from './testing.server';

let client: DatabaseClient;
let built = 0;

const echo = prepareRows({ name: 'text', at: 'bigint' }, (given) => {
  built += 1;
  return sql<{ name: string | null; at: number | null }>`select name, at from ${given} order by at`;
});

beforeAll(async () => {
  client = await openTestDatabase();
});
afterAll(() => client.close());

test('rows arrive as they were given, whatever they hold', async () => {
  const rows = [
    ['车"间', 1],
    ['a\\b,{}\n', 2],
    ['null', 8_640_000_000_000_000],
  ] as const;
  const got = await echo(client.db, rows);
  expect(got).toEqual(rows.map(([name, at]) => ({ name, at })));
  expect(await echo(client.db, [[null, 3]])).toEqual([{ name: null, at: 3 }]);
});

test('the SQL is built once for any number of rows, and none is asked for no rows', async () => {
  const many = Array.from({ length: 3_000 }, (_, index) => [`${index}`, index]);
  expect(await echo(client.db, many)).toHaveLength(3_000);
  expect(await echo(client.db, [])).toEqual([]);
  expect(built).toBe(1);
});

test('within a transaction it sees what that has written', async () => {
  const insert = prepareRows(
    { id: 'text', checked_at: 'bigint' },
    (given) => sql`insert into readiness (id, checked_at) select id, checked_at from ${given}`,
  );
  await client.db.transaction().execute(async (trx) => {
    await insert(trx, [
      ['one', 1],
      ['two', 2],
    ]);
    const rows = await trx.selectFrom('readiness').select('id').orderBy('id').execute();
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['one', 'two']));
  });
});
