import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from './client.server';
import { prepareFinds, prepareRows, prepareWrites, RowsMissing, writeRows } from './row-statement';
import { makePerson } from './testing-cast';
import { openTestDatabase, testEngine } from './testing.server';

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

const insert = prepareWrites(
  { id: 'text', checked_at: 'bigint' },
  ({ values }) => sql`insert into readiness (id, checked_at) ${values}`,
);
const move = prepareWrites(
  { expires_at: 'bigint', id_hash: 'text' },
  ({ of, from }) => sql`
    update sign_in_session set expires_at = ${of('expires_at')} ${from}
    where sign_in_session.id_hash = ${of('id_hash')}`,
);

test('within a transaction it sees what that has written', async () => {
  await client.db.transaction().execute(async (trx) => {
    await writeRows(trx, [
      insert([
        ['one', 1],
        ['two', 2],
      ]),
    ]);
    const rows = await trx.selectFrom('readiness').select('id').orderBy('id').execute();
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['one', 'two']));
  });
});

test('what is written together is all written, each with its own values', async () => {
  const { db } = client;
  const { personId } = await makePerson(db, { name: '韩梅' });
  for (const [id, at] of [
    ['first', 1],
    ['second', 2],
  ] as const) {
    await db
      .insertInto('sign_in_session')
      .values({ id_hash: id, person_id: personId, created_at: 0, expires_at: at })
      .execute();
  }
  await db.transaction().execute((trx) =>
    writeRows(trx, [
      insert([['three', 3]]),
      move([
        [20, 'second'],
        [10, 'first'],
      ]),
      insert([]),
    ]),
  );
  const moved = await db
    .selectFrom('sign_in_session')
    .select(['id_hash', 'expires_at'])
    .where('person_id', '=', personId)
    .orderBy('id_hash')
    .execute();
  expect(moved).toEqual([
    { id_hash: 'first', expires_at: 10 },
    { id_hash: 'second', expires_at: 20 },
  ]);
  const stored = await db.selectFrom('readiness').selectAll().where('id', '=', 'three').execute();
  expect(stored).toMatchObject([{ id: 'three', checked_at: 3 }]);
});

test('where one of those written together fails, none is written', async () => {
  const { db } = client;
  const writing = db.transaction().execute((trx) =>
    writeRows(trx, [
      insert([
        ['four', 4],
        ['four', 4],
      ]),
    ]),
  );
  await expect(writing).rejects.toThrow();
  expect(await db.selectFrom('readiness').select('id').where('id', '=', 'four').execute()).toEqual(
    [],
  );
});

test('a value named out of its order is refused when the statement is built', async () => {
  const wrong = prepareWrites(
    { id_hash: 'text', expires_at: 'bigint' },
    ({ of }) => sql`update sign_in_session set expires_at = ${of('expires_at')}`,
  );
  await expect(writeRows(client.db, [wrong([['x', 1]])])).rejects.toThrow('not named in its order');
});

const find = prepareFinds(
  { id: 'text', checked_at: 'bigint' },
  (given) => sql`
    select 1 from ${given} inner join readiness on readiness.id = given.id
    where readiness.checked_at is not distinct from given.checked_at`,
);

test('what is written is kept only where all is found that must be there, also as the last of a transaction', async () => {
  const { db } = client;
  await writeRows(db, [insert([['there', 1]])]);
  const there = async (id: string) =>
    (await db.selectFrom('readiness').select('id').where('id', '=', id).execute()).length === 1;
  for (const last of [false, true]) {
    const write = (id: string, ...asFound: [string, number][]) =>
      db
        .transaction()
        .execute((trx) => writeRows(trx, [find(asFound), insert([[id, 2]])], { last }));
    await expect(write(`no ${last}`, ['there', 1], ['there', 2])).rejects.toThrow(RowsMissing);
    await expect(write(`none ${last}`, ['gone', 1])).rejects.toThrow(RowsMissing);
    await write(`yes ${last}`, ['there', 1]);
    await write(`always ${last}`);
    expect(await there(`no ${last}`)).toBe(false);
    expect(await there(`none ${last}`)).toBe(false);
    expect(await there(`yes ${last}`)).toBe(true);
    expect(await there(`always ${last}`)).toBe(true);
  }
});

test('a last statement with others before it ends their transaction with them', async () => {
  const { db } = client;
  const write = (found: number) =>
    db.transaction().execute(async (trx) => {
      await writeRows(trx, [insert([[`before ${found}`, 1]])]);
      await writeRows(trx, [find([['earlier', found]]), insert([[`after ${found}`, 1]])], {
        last: true,
      });
    });
  await writeRows(db, [insert([['earlier', 5]])]);
  await expect(write(4)).rejects.toThrow(RowsMissing);
  await write(5);
  const rows = await db
    .selectFrom('readiness')
    .select('id')
    .where('id', 'in', ['before 4', 'after 4', 'before 5', 'after 5'])
    .orderBy('id')
    .execute();
  expect(rows.map(({ id }) => id)).toEqual(['after 5', 'before 5']);
});

test('what is to be written in its turn is written after all that comes before it', async () => {
  const now = testEngine === 'sqlite' ? sql`unixepoch('subsec') * 1000` : POSTGRES_NOW;
  const stamp = (inTurn: boolean) =>
    prepareWrites(
      { id: 'text' },
      ({ values }) => sql`
        insert into readiness (id, checked_at) select *, ${now} from (${values}) as given where true`,
      { inTurn },
    );
  const ids = (from: number) => Array.from({ length: 50 }, (_, n) => [`turn ${from} ${n}`]);
  await writeRows(client.db, [
    stamp(false)(ids(1)),
    stamp(true)(ids(2)),
    stamp(true)(ids(3)),
    stamp(false)(ids(4)),
  ]);
  const spans = await client.db
    .selectFrom('readiness')
    .select(({ fn }) => [
      sql<string>`substr(id, 1, 6)`.as('turn'),
      fn.min<number>('checked_at').as('first'),
      fn.max<number>('checked_at').as('last'),
    ])
    .where('id', 'like', 'turn %')
    .groupBy(sql`substr(id, 1, 6)`)
    .orderBy('turn')
    .execute();
  expect(spans).toHaveLength(4);
  expect(spans[1]!.first).toBeGreaterThanOrEqual(spans[0]!.last);
  expect(spans[2]!.first).toBeGreaterThanOrEqual(spans[1]!.last);
});

const POSTGRES_NOW = sql`floor(extract(epoch from clock_timestamp()) * 1000000)`;
