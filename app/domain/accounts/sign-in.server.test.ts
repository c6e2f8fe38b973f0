import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { NotSignedIn, TooMany } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { signIn } from './sign-in.server';
import { issueStartCodes } from './start-code.server';
import { START_CODE_LIFE_MS } from './start-code';
import { givenPerson } from './testing-people.server';

const now = 1_700_000_000_000;
const password = 'anvil-sings-7';
const MINUTE = 60_000;
let client: DatabaseClient;
let sun: string;

const attempt = (login: string, secret: string, more: Partial<Parameters<typeof signIn>[1]> = {}) =>
  signIn(client.db, {
    login,
    password: secret,
    address: '10.0.0.1',
    deviceToken: undefined,
    now,
    ...more,
  });

beforeAll(async () => {
  client = await openTestDatabase();
  sun = await givenPerson(client.db, { name: '孙立明', login: '13600008812', password });
});
afterAll(() => client.close());
beforeEach(async () => {
  await client.db.deleteFrom('sign_in_failure').execute();
  await client.db.deleteFrom('known_device').execute();
});

describe('signing in', () => {
  test('works with the phone number however it is typed', async () => {
    for (const login of ['13600008812', '+86 136-0000-8812', '１３６００００８８１２'])
      expect((await attempt(login, password)).personId).toBe(sun);
  });

  test('says the same for an unknown name, a wrong password and a disabled account', async () => {
    const gone = await givenPerson(client.db, { name: '离开的人', login: 'gone', password });
    await client.db
      .updateTable('person')
      .set({ disabled_at: now })
      .where('id', '=', gone)
      .execute();
    const answers = await Promise.all(
      [
        ['nobody', password],
        ['13600008812', 'wrong-password'],
        ['gone', password],
      ].map(([login, secret]) =>
        attempt(login ?? '', secret ?? '').catch((error: unknown) => error),
      ),
    );
    for (const answer of answers) {
      expect(answer).toBeInstanceOf(NotSignedIn);
      expect(answer).toMatchObject({ status: 401, type: 'wrong-login' });
    }
    expect(new Set(answers.map((answer) => (answer as Error).message)).size).toBe(1);
  });

  test('leaves no failure behind', async () => {
    await expect(attempt('13600008812', 'wrong-password')).rejects.toThrow();
    await attempt('13600008812', password);
    expect(await client.db.selectFrom('sign_in_failure').select('id').execute()).toEqual([]);
  });
});

describe('guessing', () => {
  test('five failures slow this account from this address, for a while', async () => {
    for (let n = 0; n < 5; n += 1)
      await expect(attempt('13600008812', `wrong-${n}`)).rejects.toBeInstanceOf(NotSignedIn);
    const refused = await attempt('13600008812', password).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TooMany);
    expect((refused as TooMany).retryAfterSeconds).toBe(30);
    expect((await attempt('13600008812', password, { address: '10.0.0.2' })).personId).toBe(sun);
    expect((await attempt('13600008812', password, { now: now + 30_000 })).personId).toBe(sun);
  });

  test('names nobody has are slowed just the same', async () => {
    for (let n = 0; n < 5; n += 1) await expect(attempt('nobody', 'wrong')).rejects.toThrow();
    await expect(attempt('nobody', 'wrong')).rejects.toBeInstanceOf(TooMany);
  });

  test('of forty guesses that arrive together, no more than five are tried', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        attempt('13600008812', `wrong-${n}`).catch((error: unknown) => error),
      ),
    );
    const tried = answers.filter((answer) => answer instanceof NotSignedIn);
    expect(tried.length).toBeGreaterThan(0);
    expect(tried.length).toBeLessThanOrEqual(5);
  });

  test('twenty an hour from anywhere slow strangers, not a device that knows the person', async () => {
    const { deviceToken } = await attempt('13600008812', password);
    await failures(20, (n) => ({ login_hash: 'of-sun', address: `172.16.0.${n}` }));
    await expect(attempt('13600008812', password)).rejects.toBeInstanceOf(TooMany);
    expect((await attempt('13600008812', password, { deviceToken })).personId).toBe(sun);
    expect((await attempt('13600008812', password, { now: now + 61 * MINUTE })).personId).toBe(sun);
  });

  test('a device that knows one person is a stranger to another', async () => {
    await givenPerson(client.db, { name: '李秀兰', login: '15900003047', password });
    const { deviceToken } = await attempt('15900003047', password);
    await failures(20, (n) => ({ login_hash: 'of-sun', address: `172.16.0.${n}` }));
    await expect(attempt('13600008812', password, { deviceToken })).rejects.toBeInstanceOf(TooMany);
  });

  test('a factory behind one address: twenty people mistype, the rest sign in', async () => {
    await failures(40, (n) => ({ login_hash: `worker-${n % 20}`, address: '10.0.0.1' }));
    expect((await attempt('13600008812', password)).personId).toBe(sun);
    await failures(1, () => ({ login_hash: 'worker-21', address: '10.0.0.1' }));
    await expect(attempt('13600008812', password)).rejects.toBeInstanceOf(TooMany);
    expect((await attempt('13600008812', password, { address: '10.0.0.9' })).personId).toBe(sun);
  });

  test('a shift of thirty that signs in at once slows nobody', async () => {
    const logins = Array.from({ length: 30 }, (_, n) => `shift${100 + n}`);
    for (const login of logins) {
      const id = await givenPerson(client.db, { name: login, login });
      await client.db
        .updateTable('person')
        .set({
          password_hash: client.db
            .selectFrom('person as other')
            .select('other.password_hash')
            .where('other.id', '=', sun),
        })
        .where('id', '=', id)
        .execute();
    }
    await Promise.all(logins.map((login) => attempt(login, password)));
  });

  async function failures(
    count: number,
    row: (n: number) => { login_hash: string; address: string },
  ): Promise<void> {
    const { hashSecret } = await import('./secret-hash.server');
    await client.db
      .insertInto('sign_in_failure')
      .values(
        Array.from({ length: count }, (_, n) => {
          const { login_hash, address } = row(n);
          return {
            id: newId(),
            login_hash: hashSecret(login_hash === 'of-sun' ? '13600008812' : login_hash),
            address,
            known_device: 0 as const,
            pending: 0 as const,
            failed_at: now,
          };
        }),
      )
      .execute();
  }
});

describe('a start code', () => {
  const issue = (personId: string) =>
    client.db
      .transaction()
      .execute((trx) => issueStartCodes(trx, { personIds: [personId], byPersonId: null, now }))
      .then((codes) => codes.get(personId) ?? '');

  test('signs in a person who has no password yet, for 14 days', async () => {
    const zhao = await givenPerson(client.db, { name: '赵鹏', login: '18600000075' });
    const code = await issue(zhao);
    expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    expect((await attempt('18600000075', code.toLowerCase())).personId).toBe(zhao);
    await expect(attempt('18600000075', 'K7QM-2XHD-9PTW')).rejects.toBeInstanceOf(NotSignedIn);
    await expect(
      attempt('18600000075', code, { now: now + START_CODE_LIFE_MS }),
    ).rejects.toBeInstanceOf(NotSignedIn);
  });

  test('is void once a newer one is issued, and nobody else can use it', async () => {
    const wang = await givenPerson(client.db, { name: '王海波', login: '13300009126' });
    const old = await issue(wang);
    const code = await issue(wang);
    await expect(attempt('13300009126', old)).rejects.toBeInstanceOf(NotSignedIn);
    await expect(attempt('13600008812', code)).rejects.toBeInstanceOf(NotSignedIn);
    expect((await attempt('13300009126', code)).personId).toBe(wang);
  });

  test('is kept as a hash only', async () => {
    const code = await issue(await givenPerson(client.db, { name: '高玉梅', login: 'gaoyumei' }));
    const rows = await client.db.selectFrom('start_code').select('code_hash').execute();
    expect(JSON.stringify(rows)).not.toContain(code.replaceAll('-', ''));
  });
});
