import type { PostgresPoolClient } from 'kysely';
import { expect, test } from 'vitest';
import { beginLate, maybeWhole } from './late-begin';

const WHOLE = 'with written as (…) select 1';
maybeWhole(WHOLE);

/** A connection that notes what it is sent, and fails at what is named. */
function open(failing?: string) {
  const sent: string[] = [];
  const query = (text: string) => {
    sent.push(text);
    return text === failing ? Promise.reject(new Error('cut')) : Promise.resolve({ rows: [text] });
  };
  const client = beginLate({ query, release: () => undefined } as unknown as PostgresPoolClient);
  const run = async (...texts: string[]) => {
    for (const text of texts) await client.query(text, []);
  };
  return { sent, run };
}

test('a transaction begins before its first statement, and one without any is never sent', async () => {
  const { sent, run } = open();
  await run('begin', 'commit', 'begin', 'rollback');
  expect(sent).toEqual([]);
  await run('begin', 'select 1', 'select 2', 'commit', 'select 3');
  expect(sent).toEqual(['begin', 'select 1', 'select 2', 'commit', 'select 3']);
});

test('a statement that may be the whole transaction is sent alone, and otherwise within it', async () => {
  const { sent, run } = open();
  await run('begin', WHOLE, 'commit', WHOLE, 'begin', 'select 1', WHOLE, 'rollback');
  expect(sent).toEqual([WHOLE, WHOLE, 'begin', 'select 1', WHOLE, 'rollback']);
});

test('after the statement that was the transaction nothing more is taken for a part of it', async () => {
  const { sent, run } = open();
  await run('begin', WHOLE);
  await expect(run('select 1')).rejects.toThrow('has ended');
  await run('rollback', 'begin', 'select 1', 'commit');
  expect(sent).toEqual([WHOLE, 'begin', 'select 1', 'commit']);
});

test('statements of a transaction that could not begin are not sent', async () => {
  const { sent, run } = open('begin');
  await run('begin');
  await expect(run('select 1')).rejects.toThrow('cut');
  await expect(run('select 2')).rejects.toThrow('has ended');
  await run('rollback', 'select 3');
  expect(sent).toEqual(['begin', 'select 3']);
});

test('transactions of other kinds begin and end as they are asked to', async () => {
  const { sent, run } = open();
  await run('start transaction read only', 'select 1', 'commit');
  expect(sent).toEqual(['start transaction read only', 'select 1', 'commit']);
});
