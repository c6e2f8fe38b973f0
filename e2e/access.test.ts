import { expect, test } from '@playwright/test';
import type { RouteConfigEntry } from '@remix-run/route-config';
import type Database from 'better-sqlite3';
import { request as send } from 'node:http';
import { join } from 'node:path';
import routes from '../app/routes';
import { flattenRoutes } from '../app/sitemap';
import { createDirectRoutes, createSocketRoutes } from '../app/web/direct-routes.server';
import { HEALTH_PATHS } from '../app/web/health.server';
import { testContext } from '../app/web/testing-request.server';
import { openDatabase } from '../db/client.server';
import { accessTable } from './access-table';
import type { Access, AccessSamples, Action, Cells } from './access/cells';
import { addressOf } from './address';
import { ask, logins, roles, signInByApi, type Role } from './actors';
import { prepareSamples } from './prepare-samples';
import { digestTables, openStored } from './stored-world';
import { startWorld, type World } from './world';

let world: World;
let stored: Database.Database;
let samples: { own: AccessSamples; foreign: AccessSamples };
/** By login. */
const cookies = new Map<string, string>();

test.beforeAll(async () => {
  world = await startWorld();
  stored = openStored(world);
  samples = await prepareSamples(world, stored);
  for (const login of Object.values(logins)) cookies.set(login, await signInByApi(world, login));
  for (const login of accessTable.flatMap((row) => Object.values(row.logins ?? {}))) {
    if (!cookies.has(login)) cookies.set(login, await signInByApi(world, login));
  }
});
test.afterAll(async () => {
  stored.close();
  await world.stop();
});

interface Cell {
  role: Role;
  login: string;
  reach: 'own' | 'foreign';
  expected: string;
  path: string;
}

function listCells(row: Access, cells: Cells | Action): Cell[] {
  return (['own', 'foreign'] as const).flatMap((reach) => {
    const line = cells[reach];
    if (line === undefined) return [];
    const expected = line.split(/\s+/);
    if (expected.length !== roles.length) throw new Error(`${row.path}: ${line}`);
    const params = 'params' in cells ? cells.params : undefined;
    const path = addressOf(row, samples[reach], params?.(samples[reach]));
    return roles.map((role, n) => {
      const login = role === 'nobody' ? '' : (row.logins?.[role] ?? logins[role]);
      return { role, login, reach, path, expected: expected[n] ?? '' };
    });
  });
}

/** `in` for a redirect to sign in, else the status. */
function read(answer: Response): string {
  const location = answer.headers.get('location') ?? '';
  return answer.status === 302 && location.startsWith('/sign-in?') ? 'in' : String(answer.status);
}

const wasLetIn = (status: string) => !/^(in|40[0135]|404|415|5..)$/.test(status);
const meets = (expected: string, got: string) =>
  expected === 'ok' ? wasLetIn(got) : expected === got;
const isRefusal = (expected: string) => /^(in|401|403|404|405)$/.test(expected);

async function act(
  action: Action,
  cell: Cell,
  headers: Record<string, string> = {},
): Promise<Response> {
  const given = samples[cell.reach];
  const cookie = cookies.get(cell.login);
  const answer = await ask(world, cell.path + (action.search ?? ''), {
    method: action.method ?? 'POST',
    ...(cookie ? { cookie } : {}),
    ...(action.form ? { form: action.form(given) } : {}),
    ...(action.json ? { json: action.json(given) } : {}),
    headers: { ...action.headers?.(given), ...headers },
  });
  // A new password, a new session.
  const session = answer.headers.getSetCookie().find((line) => line.startsWith('jx_session='));
  if (session && cell.login) cookies.set(cell.login, session.split(';')[0] ?? '');
  return answer;
}

const listChanged = (before: Record<string, string>, after: Record<string, string>) =>
  Object.keys(after).filter((table) => after[table] !== before[table]);

const tell = (what: string, cell: Cell, got: string) =>
  `${what} ${cell.path} as ${cell.role}, ${cell.reach}: expected ${cell.expected}, got ${got}`;

test('every address has its line in the table, and no line lacks its address', async () => {
  const client = openDatabase(`file:${join(world.dataDir, 'only-to-list-routes.sqlite')}`);
  const direct = createDirectRoutes(testContext(client, 0));
  const sockets = createSocketRoutes(testContext(client, 0));
  await Promise.all(sockets.map((route) => route.close()));
  await client.close();
  const served = [
    ...flattenRoutes(routes).map(({ path }) => path),
    ...direct.map(({ name }) => name),
    ...HEALTH_PATHS,
  ];
  const lines = accessTable.map(({ path }) => path);
  const taking = accessTable.flatMap(({ path, socket }) => (socket ? [path] : []));
  expect(sockets.map(({ name }) => name)).toEqual(taking);
  expect(served.filter((path) => !lines.includes(path))).toEqual([]);
  const nowhere = lines.filter(
    (path) => !served.includes(path) && !direct.some(({ match }) => match.test(path)),
  );
  expect(nowhere).toEqual([]);
  expect(lines.filter((path, n) => lines.indexOf(path) !== n)).toEqual([]);
});

test('reading is for those whom the table names, and changes nothing', async () => {
  const wrong: string[] = [];
  for (const row of accessTable) {
    if (!row.get) continue;
    const before = digestTables(stored);
    for (const cell of listCells(row, row.get)) {
      const cookie = cookies.get(cell.login);
      const got = read(await ask(world, cell.path, cookie ? { cookie } : {}));
      if (!meets(cell.expected, got)) wrong.push(tell('GET', cell, got));
    }
    const changed = listChanged(before, digestTables(stored));
    const expected = row.audited ? ['audit_entry'] : [];
    if (changed.join() !== expected.join()) wrong.push(`GET ${row.path} wrote ${changed.join()}`);
  }
  expect(wrong).toEqual([]);
});

/** The route ids of each address: its own and those of the parents that have a path too. */
function listFiles(
  entries: readonly RouteConfigEntry[],
  above: { path: string; chain: string[] } = { path: '', chain: [] },
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const entry of entries) {
    const id = entry.file.replace(/\.tsx?$/, '');
    const path = entry.path === undefined ? above.path : `${above.path}/${entry.path}`;
    const layout = entry.path === undefined && entry.children;
    const chain = layout ? above.chain : [...above.chain, id];
    if (!entry.children) found.set(path === '' ? '/' : path, chain);
    else
      for (const [key, value] of listFiles(entry.children, { path, chain })) found.set(key, value);
  }
  return found;
}

test('who may not see a page cannot ask for its data alone either', async () => {
  const files = listFiles(routes);
  const wrong: string[] = [];
  for (const row of accessTable) {
    const chain = files.get(row.path) ?? [];
    if (!row.get || row.path.startsWith('/api/') || row.path.endsWith('*')) continue;
    for (const id of chain)
      for (const cell of listCells(row, row.get).filter(({ expected }) => isRefusal(expected))) {
        const cookie = cookies.get(cell.login);
        const [path = '', search] = cell.path.split('?');
        const more = search ? `&${search}` : '';
        const asked = `${path === '/' ? '/_root' : path}.data?_routes=${encodeURIComponent(id)}${more}`;
        const answer = await ask(world, asked, cookie ? { cookie } : {});
        const got = answer.status === 202 ? 'in' : String(answer.status);
        if (got !== cell.expected) wrong.push(tell(`GET ${asked} for`, cell, got));
      }
  }
  expect(wrong).toEqual([]);
});

test('an action refused has changed nothing', async () => {
  const wrong: string[] = [];
  for (const row of accessTable) {
    for (const action of row.actions ?? []) {
      const before = digestTables(stored);
      for (const cell of listCells(row, action).filter(({ expected }) => isRefusal(expected))) {
        const got = read(await act(action, cell));
        if (got !== cell.expected) wrong.push(tell(`${action.does}:`, cell, got));
      }
      const changed = listChanged(before, digestTables(stored));
      if (changed.length > 0) wrong.push(`${row.path} ${action.does} wrote ${changed.join()}`);
    }
  }
  expect(wrong).toEqual([]);
});

const WAIT = { timeout: 1_000, intervals: [10, 100, 500] };
const elsewhere: Record<string, string>[] = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
];

test('no action takes a request from another site', async () => {
  const before = digestTables(stored);
  const wrong: string[] = [];
  for (const row of accessTable) {
    for (const action of row.actions ?? []) {
      if (action.method === 'HEAD') continue;
      const cells = listCells(row, action).filter(({ expected }) => expected === 'ok');
      for (const cell of cells.slice(0, 2)) {
        for (const foreign of elsewhere) {
          const got = read(await act(action, cell, foreign));
          if (got !== '403')
            wrong.push(tell(`${action.does} from ${JSON.stringify(foreign)}`, cell, got));
        }
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(digestTables(stored)).toEqual(before);
});

/** The status of a WebSocket's handshake. */
function knock(path: string, headers: Record<string, string>): Promise<number | undefined> {
  const { hostname, port } = new URL(world.url);
  return new Promise((resolve, reject) => {
    const handshake = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    const sent = send({ hostname, port, path, headers: { ...handshake, ...headers } }, (answer) => {
      answer.destroy();
      resolve(answer.statusCode);
    });
    sent.on('upgrade', (_answer, socket) => {
      socket.destroy();
      resolve(101);
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('an address takes a WebSocket only from whom the table names, and another site is told so first', async () => {
  const wrong: string[] = [];
  for (const row of accessTable) {
    const path = addressOf(row, samples.own);
    const foreign = await knock(path, { origin: 'https://evil.example' });
    if (foreign !== 403) wrong.push(`${path} from another site: ${foreign}`);
    const nowhere = await knock(path, { origin: world.url });
    if (!row.socket && nowhere !== 404) wrong.push(`${path}: ${nowhere}`);
    for (const cell of row.socket ? listCells(row, row.socket) : []) {
      const cookie = cookies.get(cell.login);
      const got = await knock(cell.path, { origin: world.url, ...(cookie ? { cookie } : {}) });
      if (String(got) !== cell.expected) wrong.push(tell('a WebSocket at', cell, String(got)));
      const theirs = { origin: 'https://evil.example', ...(cookie ? { cookie } : {}) };
      if ((await knock(cell.path, theirs)) !== 403) wrong.push(tell('foreign', cell, 'let in'));
    }
  }
  expect(wrong).toEqual([]);
});

test('who may act is let in, and it does something', async () => {
  const wrong: string[] = [];
  for (const row of accessTable) {
    for (const action of row.actions ?? []) {
      const before = digestTables(stored);
      const answers: string[] = [];
      for (const cell of listCells(row, action).filter(({ expected }) => expected === 'ok')) {
        const got = read(await act(action, cell));
        answers.push(got);
        if (!meets(cell.expected, got)) wrong.push(tell(`${action.does}:`, cell, got));
      }
      if (answers.length === 0) wrong.push(`${row.path} ${action.does}: nobody may`);
      if (action.changesNothing) continue;
      // An upload is forgotten just after its answer.
      const changed = expect.poll(() => listChanged(before, digestTables(stored)), WAIT);
      const nothing = await changed.not.toEqual([]).then(
        () => false,
        () => true,
      );
      if (nothing)
        wrong.push(
          `${row.path} ${action.does}: nothing was changed by anybody (${answers.join(' ')})`,
        );
    }
  }
  expect(wrong).toEqual([]);
});
