import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { createAdministrator } from '~/domain/accounts/create-administrator.server';
import { openSetUpLink } from '~/domain/accounts/open-set-up-link.server';
import { issueStartCodes } from '~/domain/accounts/start-code.server';
import { givenOrganization, givenPerson, givenRole } from '~/domain/accounts/testing-people.server';
import { changeRoles } from '~/domain/organizations/change-roles.server';
import { findViewer } from '~/domain/accounts/viewer.server';
import { privacy } from '~/i18n/privacy';
import { readViewer } from '~/web/session.server';
import { testContext } from '~/web/testing-request.server';
import { loader as me } from '../api/me';
import { action as session } from '../api/session';
import { action as account } from './account';
import { action as setUp, loader as setUpPage } from './set-up';
import { action as signIn } from './sign-in';
import { action as signOut } from './sign-out';
import { action as welcome, loader as welcomePage } from './welcome';

const now = Date.now();
const password = 'anvil-sings-7';
let client: DatabaseClient;
let context: AppLoadContext;
let sun: string;

type Handler = (args: never) => unknown;

/** What a request answers: its Response, or the data and status a page would be shown with. */
async function answer(
  handler: Handler,
  path: string,
  request: { cookie?: string; form?: Record<string, string>; json?: unknown; method?: string } = {},
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const headers = new Headers(request.cookie ? { cookie: request.cookie } : {});
  let body: string | undefined;
  if (request.form) {
    headers.set('content-type', 'application/x-www-form-urlencoded');
    body = new URLSearchParams(request.form).toString();
  } else if (request.json !== undefined) {
    headers.set('content-type', 'application/json');
    body = JSON.stringify(request.json);
  }
  const args = {
    request: new Request(`http://localhost${path}`, {
      method: request.method ?? (body === undefined ? 'GET' : 'POST'),
      headers,
      ...(body === undefined ? {} : { body }),
    }),
    params: { token: path.split('/').at(-1) ?? '' },
    context,
  };
  const result: unknown = await Promise.resolve()
    .then(() => handler(args as never))
    .catch((thrown: unknown) => thrown);
  if (result instanceof Response) {
    const text = await result.text();
    return {
      status: result.status,
      body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
      headers: result.headers,
    };
  }
  if (result instanceof Error) throw result;
  const page = result as {
    data?: Record<string, unknown>;
    init?: { status?: number; headers?: HeadersInit };
  };
  return {
    status: page.init?.status ?? 200,
    body: page.data ?? {},
    headers: new Headers(page.init?.headers),
  };
}

const cookiesOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');

async function signedIn(login: string, secret: string): Promise<string> {
  const { headers } = await answer(signIn, '/sign-in', {
    form: { login, password: secret },
  });
  return cookiesOf(headers);
}

beforeAll(async () => {
  client = await openTestDatabase();
  context = testContext(client, now);
  sun = await givenPerson(client.db, { name: '孙立明', login: '13600008812', password });
  await client.db
    .insertInto('consent')
    .values({ person_id: sun, version: privacy.version, given_at: now })
    .execute();
});
afterAll(() => client.close());
beforeEach(() => client.db.deleteFrom('sign_in_failure').execute());

describe('the sign-in page', () => {
  test('signs in, goes on to where the person was, and never to another site', async () => {
    const right = { login: '13600008812', password };
    const there = await answer(signIn, '/sign-in', {
      form: { ...right, to: '/learn/classes' },
    });
    expect(there.status).toBe(302);
    expect(there.headers.get('location')).toBe('/learn/classes');
    expect(there.headers.getSetCookie()[0]).toMatch(/^jx_session=\w+; HttpOnly; .*SameSite=Lax$/);
    for (const to of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      const away = await answer(signIn, '/sign-in', { form: { ...right, to } });
      expect(away.headers.get('location')).toBe('/');
    }
  });

  test('gives a new session id each time and ends the one before', async () => {
    const first = await signedIn('13600008812', password);
    const again = await answer(signIn, '/sign-in', {
      cookie: first,
      form: { login: '13600008812', password },
    });
    expect(cookiesOf(again.headers)).not.toBe(first);
    expect((await answer(me, '/api/me', { cookie: first })).status).toBe(401);
  });

  test('says one thing for every wrong sign-in and keeps the login name', async () => {
    for (const login of ['13600008812', 'nobody']) {
      const wrong = await answer(signIn, '/sign-in', {
        form: { login, password: 'wrong-password' },
      });
      expect(wrong).toMatchObject({ status: 401, body: { failed: 'wrong', login } });
    }
  });

  test('answers 429 with Retry-After once a pair is guessed at', async () => {
    const form = { login: 'nobody', password: 'wrong-password' };
    for (let n = 0; n < 5; n += 1) await answer(signIn, '/sign-in', { form });
    const page = await answer(signIn, '/sign-in', { form });
    expect(page).toMatchObject({ status: 429, body: { failed: 'tooMany', login: 'nobody' } });
    expect(page.headers.get('retry-after')).toBe('30');
    const program = await answer(session, '/api/session', { json: form });
    expect(program).toMatchObject({ status: 429, body: { type: 'too-many-attempts' } });
    expect(Number(program.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('a program', () => {
  test('signs in with 204 and the cookie, and out again', async () => {
    const inside = await answer(session, '/api/session', {
      json: { login: '13600008812', password },
    });
    expect(inside.status).toBe(204);
    const cookie = cookiesOf(inside.headers);
    expect(await answer(me, '/api/me', { cookie })).toMatchObject({
      status: 200,
      body: { id: sun, name: '孙立明' },
    });
    const out = await answer(session, '/api/session', { cookie, method: 'DELETE' });
    expect(out.status).toBe(204);
    expect((await answer(me, '/api/me', { cookie })).status).toBe(401);
  });

  test('is refused in words for wrong sign-ins and for nonsense', async () => {
    const sign = (json: unknown) => answer(session, '/api/session', { json });
    expect(await sign({ login: '13600008812', password: 'wrong-password' })).toMatchObject({
      status: 401,
      body: { type: 'wrong-login', status: 401 },
    });
    expect(await sign({ login: 7 })).toMatchObject({ status: 422 });
  });
});

describe('the first sign-in', () => {
  test('leads to consent and an own password, and nowhere else until then', async () => {
    const zhao = await givenPerson(client.db, { name: '赵鹏', login: '18600000075' });
    const codes = await client.db
      .transaction()
      .execute((trx) => issueStartCodes(trx, { personIds: [zhao], byPersonId: null, now }));
    const code = codes.get(zhao) ?? '';
    const cookie = await signedIn('18600000075', code);
    const elsewhere = await answer(account, '/account', { cookie, form: {} });
    expect(elsewhere.headers.get('location')).toBe('/welcome?to=%2Faccount');
    expect(await answer(me, '/api/me', { cookie })).toMatchObject({
      status: 403,
      body: { type: 'finish-sign-up' },
    });
    const shown = (await welcomePage({
      request: new Request('http://localhost/welcome', { headers: { cookie } }),
      params: {},
      context,
    })) as { choosesPassword: boolean };
    expect(shown.choosesPassword).toBe(true);
    const choose = (form: Record<string, string>) => answer(welcome, '/welcome', { cookie, form });
    const own = 'steel-and-kites';
    expect(await choose({ password: own, repeated: own })).toMatchObject({
      status: 422,
      body: { errors: { consent: 'consent' } },
    });
    expect(
      await choose({ consent: 'yes', password: '18600000075', repeated: '18600000075' }),
    ).toMatchObject({ status: 422, body: { errors: { password: 'login-name' } } });
    expect(await choose({ consent: 'yes', password: own, repeated: 'other' })).toMatchObject({
      status: 422,
      body: { errors: { repeated: 'not-the-same' }, consents: true },
    });
    const done = await choose({ consent: 'yes', password: own, repeated: own });
    expect(done.status).toBe(302);
    const after = cookiesOf(done.headers);
    expect((await answer(me, '/api/me', { cookie })).status).toBe(401);
    expect((await answer(me, '/api/me', { cookie: after })).status).toBe(200);
    expect(
      await client.db.selectFrom('consent').selectAll().where('person_id', '=', zhao).execute(),
    ).toEqual([{ person_id: zhao, version: privacy.version, given_at: now }]);
    expect(await signedIn('18600000075', code)).toBe('');
    expect(await signedIn('18600000075', own)).not.toBe('');
  });
});

describe('the account page', () => {
  test('changes the password, which signs every other device out', async () => {
    const phone = await signedIn('13600008812', password);
    const desk = await signedIn('13600008812', password);
    const change = (form: Record<string, string>) =>
      answer(account, '/account', { cookie: desk, form });
    const next = 'three-good-files';
    expect(
      await change({ current: 'wrong-password', password: next, repeated: next }),
    ).toMatchObject({ status: 422, body: { errors: { current: 'wrong-password' } } });
    const done = await change({ current: password, password: next, repeated: next });
    expect(done.headers.get('location')).toBe('/account?changed');
    for (const cookie of [phone, desk])
      expect((await answer(me, '/api/me', { cookie })).status).toBe(401);
    const cookie = cookiesOf(done.headers);
    expect((await answer(me, '/api/me', { cookie })).status).toBe(200);
    const audit = client.db.selectFrom('audit_entry').select('subject_id');
    expect(await audit.where('action', '=', 'change-password').execute()).toEqual([
      { subject_id: sun },
    ]);
    await change({ current: next, password, repeated: password });
    await answer(signOut, '/sign-out', { cookie, form: {} });
    expect((await answer(me, '/api/me', { cookie })).status).toBe(401);
  });
});

describe('a change of role', () => {
  test('gives the session a new id with the next request, once, and takes effect at once', async () => {
    const organizationId = await givenOrganization(client.db, { name: '海岱', shortCode: 'hddl' });
    const worker = await givenPerson(client.db, { name: '钱工', login: 'qian', password });
    const manager = await givenPerson(client.db, { name: '刘主任', login: 'liu' });
    await givenRole(client.db, organizationId, worker, 'learner');
    await givenRole(client.db, organizationId, manager, 'manager');
    const viewer = await findViewer(client.db, manager, 'none');
    if (!viewer) throw new Error('no viewer');
    const old = (await signedIn('qian', password)).split('; ')[0] ?? '';
    const read = async (cookie: string, at: number) => {
      const cookies: string[] = [];
      const request = new Request('http://localhost/learn', { headers: { cookie } });
      const found = await readViewer(request, {
        ...context,
        clock: { now: () => at },
        setCookie: (value) => cookies.push(value.split(';')[0] ?? ''),
      });
      return { roles: found?.memberships.map((m) => m.role), cookies };
    };
    expect(await read(old, now + 1)).toEqual({ roles: ['learner'], cookies: [] });
    await changeRoles(client.db, {
      organizationId,
      personId: worker,
      roles: ['instructor'],
      viewer,
      now: now + 10,
    });
    const next = await read(old, now + 20);
    expect(next.roles).toEqual(['instructor']);
    expect(next.cookies).toHaveLength(1);
    expect(next.cookies[0]).not.toBe(old);
    expect(await read(old, now + 30)).toEqual({ roles: ['instructor'], cookies: [] });
    expect(await read(next.cookies[0] ?? '', now + 40)).toEqual({
      roles: ['instructor'],
      cookies: [],
    });
    expect((await read(old, now + 60_000)).roles).toBeUndefined();
  });
});

describe('setting up', () => {
  const form = {
    organizationName: '鸢都市人社局',
    mark: '局',
    shortCode: 'rsj',
    name: '周主任',
    login: 'zhou',
    password,
    repeated: password,
  };

  test('works by one link, once, while nobody administers the platform', async () => {
    const stale = (await openSetUpLink(client.db, now)) ?? '';
    const token = (await openSetUpLink(client.db, now)) ?? '';
    const at = (path: string, sent?: Record<string, string>) =>
      sent
        ? answer(setUp, `/set-up/${path}`, { form: sent })
        : answer(setUpPage, `/set-up/${path}`);
    expect((await at(stale)).status).toBe(404);
    expect((await at(token)).status).toBe(200);
    expect(await at(token, { ...form, mark: '人社' })).toMatchObject({
      status: 422,
      body: { errors: { mark: 'mark' }, values: { name: '周主任' } },
    });
    const twice = await Promise.all([at(token, form), at(token, form)]);
    expect(twice.map((result) => result.status).sort()).toEqual([302, 404]);
    expect((await at(token)).status).toBe(404);
    expect(await openSetUpLink(client.db, now)).toBeUndefined();
    const people = client.db.selectFrom('bureau_administrator').select('person_id');
    expect(await people.execute()).toHaveLength(1);
  });

  test('by command makes an administrator with a start code, of nobody else by accident', async () => {
    const made = await createAdministrator(client.db, { name: '韩主任', login: 'han01', now });
    expect(await signedIn('han01', made.startCode ?? '')).not.toBe('');
    const again = await createAdministrator(client.db, { name: '韩主任', login: 'han01', now });
    expect(again.personId).toBe(made.personId);
    await expect(
      createAdministrator(client.db, { name: '别人', login: '13600008812', now }),
    ).rejects.toMatchObject({ type: 'login-of-another-name' });
  });
});
