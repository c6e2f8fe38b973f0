import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from './client.server';
import { makePerson } from './testing-cast';
import { openTestDatabase } from './testing.server';
import { WriteTurns } from './write-turns';

describe('turns', () => {
  test('are given in the order in which they were asked for, and one at a time', async () => {
    const turns = new WriteTurns();
    const seen: string[] = [];
    const write = async (name: string) => {
      const endTurn = await turns.take();
      seen.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} ends`);
      endTurn();
    };
    const first = write('first');
    const others = [write('second'), write('third')];
    await first;
    await Promise.all([...others, write('fourth')]);
    const order = ['first', 'second', 'third', 'fourth'];
    expect(seen).toEqual(order.flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  test('ended twice count once', async () => {
    const turns = new WriteTurns();
    const endFirst = await turns.take();
    const second = turns.take();
    const third = turns.take();
    endFirst();
    endFirst();
    await second;
    let thirdHasCome = false;
    void third.then(() => (thirdHasCome = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(thirdHasCome).toBe(false);
  });
});

describe('a database', () => {
  let client: DatabaseClient;
  beforeAll(async () => {
    client = await openTestDatabase();
  });
  afterAll(() => client.close());

  const namesOf = async (id: string) => {
    const row = await client.db
      .selectFrom('person')
      .select('name')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return row.name;
  };

  test('goes on writing after transactions that failed in the middle or at their end', async () => {
    const { db } = client;
    const { personId } = await makePerson(db, { name: '韩梅' });
    const rename = (name: string) =>
      db.updateTable('person').set({ name }).where('id', '=', personId).execute();
    const failing = db.transaction().execute(async (trx) => {
      await trx.updateTable('person').set({ name: '无' }).where('id', '=', personId).execute();
      throw new Error('given up');
    });
    await expect(failing).rejects.toThrow('given up');
    const nonsense = sql`insert into nowhere values (1)`;
    await expect(nonsense.execute(db)).rejects.toThrow();
    const ended = db.transaction().execute(async (trx) => {
      await sql`rollback`.execute(trx);
    });
    await Promise.allSettled([ended]);
    await rename('韩梅梅');
    expect(await namesOf(personId)).toBe('韩梅梅');
  });

  test('refuses to write in a transaction that is read only, and reads one state there', async () => {
    const { db } = client;
    const { personId } = await makePerson(db, { name: '李雷' });
    const reading = db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => {
        await trx.selectFrom('person').select('id').execute();
        await trx.updateTable('person').set({ name: '无' }).where('id', '=', personId).execute();
      });
    await expect(reading).rejects.toThrow(/read.only/);
    expect(await namesOf(personId)).toBe('李雷');
  });
});
