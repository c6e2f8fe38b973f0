import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { beginAttempt, recordFailure } from './count-failures.server';
import { GUESSING_WINDOW_MS } from './guessing-limits';
import { replaceSession, signInSessions } from './sign-in-session.server';
import { sweepSignIns } from './sweep-sign-ins.server';
import { givenPerson } from './testing-people.server';

const now = 1_700_000_000_000;
const DAY = 86_400_000;
let client: DatabaseClient;
beforeAll(async () => {
  client = await openTestDatabase();
});
afterAll(() => client.close());

const openAt = (personId: string, at: number) =>
  signInSessions(client.db, () => at, false).createSession(personId, {});

test('sessions that expired or were replaced go, the one in use stays', async () => {
  const sun = await givenPerson(client.db, {
    name: '孙立明',
    login: 'sun',
    password: 'anvil-7-sings',
  });
  await openAt(sun, now - 31 * DAY);
  const replaced = await openAt(sun, now - DAY);
  await replaceSession(client.db, replaced.id, now - DAY);
  await openAt(sun, now - DAY);
  await sweepSignIns(client.db, now);
  const left = await client.db.selectFrom('sign_in_session').selectAll().execute();
  expect(left.map((row) => [row.created_at, row.replaced_at])).toEqual([[now - DAY, null]]);
});

test('failures are forgotten once they slow nobody', async () => {
  const failAt = async (loginHash: string, at: number) => {
    const who = { loginHash, address: '10.0.0.1', knownDevice: false, now: at };
    const { attempt } = await beginAttempt(client.db, who);
    await recordFailure(client.db, attempt, at);
  };
  await failAt('old', now - GUESSING_WINDOW_MS);
  await failAt('recent', now - GUESSING_WINDOW_MS + 1);
  await sweepSignIns(client.db, now);
  const left = await client.db.selectFrom('sign_in_failure').select('login_hash').execute();
  expect(left).toEqual([{ login_hash: 'recent' }]);
});
