import { expect, test } from '@playwright/test';
import type Database from 'better-sqlite3';
import { request as send } from 'node:http';
import routes from '../app/routes';
import { flattenRoutes } from '../app/sitemap';
import { createDirectRoutes } from '../app/web/direct-routes.server';
import { HEALTH_PATHS } from '../app/web/health.server';
import { testContext } from '../app/web/testing-request.server';
import { openDatabase } from '../db/client.server';
import {
  accessTable,
  type Access,
  type AccessSamples,
  type Action,
  type Cells,
} from './access-table';
import { ask, logins, roles, signInByApi, type Role } from './actors';
import { prepareSamples } from './prepare-samples';
import { digestTables, openStored } from './stored-world';
import { startWorld, type World } from './world';

let world: World;
let stored: Database.Database;
let samples: { own: AccessSamples; foreign: AccessSamples };
const cookies: Partial<Record<Role, string>> = {};

test.beforeAll(async () => {
  world = await startWorld();
  stored = openStored(world);
  samples = await prepareSamples(world, stored);
  for (const [role, login] of Object.entries(logins)) {
    cookies[role as Role] = await signInByApi(world, login);
  }
});
test.afterAll(async () => {
  stored.close();
  await world.stop();
});

interface Cell {
  role: Role;
  reach: 'own' | 'foreign';
  expected: string;
  path: string;
}

function listCells(row: Access, cells: Cells): Cell[] {
  return (['own', 'foreign'] as const).flatMap((reach) => {
    const line = cells[reach];
    if (line === undefined) return [];
    const expected = line.split(/\s+/);
    if (expected.length !== roles.length) throw new Error(`${row.path}: ${line}`);
    const path = addressOf(row, samples[reach]);
    return roles.map((role, n) => ({ role, reach, path, expected: expected[n] ?? '' }));
  });
}

function addressOf(row: Access, given: AccessSamples): string {
  const values: Record<string, string | undefined> = { ...given, ...row.params?.(given) };
  const path = row.path.replace(/:(\w+)|\*/g, (name, param?: string) => {
    const value = values[param ?? '*'];
    if (value === undefined) throw new Error(`${row.path}: no sample for ${name}`);
    return value;
  });
  return path + (row.search ?? '');
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

function act(action: Action, cell: Cell, headers: Record<string, string> = {}): Promise<Response> {
  const given = samples[cell.reach];
  const cookie = cookies[cell.role];
  return ask(world, cell.path, {
    method: action.method ?? 'POST',
    ...(cookie ? { cookie } : {}),
    ...(action.form ? { form: action.form(given) } : {}),
    ...(action.json ? { json: action.json(given) } : {}),
    headers: { ...action.headers, ...headers },
  });
}

const tell = (what: string, cell: Cell, got: string) =>
  `${what} ${cell.path} as ${cell.role}, ${cell.reach}: expected ${cell.expected}, got ${got}`;

test('every address has its line in the table, and no line lacks its address', async () => {
  const client = openDatabase('file::memory:');
  const served = [
    ...flattenRoutes(routes).map(({ path }) => path),
    ...createDirectRoutes(testContext(client, 0)).map(({ name }) => name),
    ...HEALTH_PATHS,
  ];
  await client.close();
  expect(accessTable.map(({ path }) => path).sort()).toEqual([...new Set(served)].sort());
});

test('reading is for those whom the table names, and changes nothing', async () => {
  const before = digestTables(stored);
  const wrong: string[] = [];
  for (const row of accessTable) {
    if (!row.get) continue;
    for (const cell of listCells(row, row.get)) {
      const cookie = cookies[cell.role];
      const got = read(await ask(world, cell.path, cookie ? { cookie } : {}));
      if (!meets(cell.expected, got)) wrong.push(tell('GET', cell, got));
    }
  }
  expect(wrong).toEqual([]);
  expect(digestTables(stored)).toEqual(before);
});

test('who may not see a page cannot ask for its data alone either', async () => {
  const files = new Map(flattenRoutes(routes).map(({ path, file }) => [path, file]));
  const wrong: string[] = [];
  for (const row of accessTable) {
    const file = files.get(row.path);
    if (!row.get || !file || row.path.startsWith('/api/') || row.path === '*') continue;
    const id = file.replace(/\.tsx?$/, '');
    for (const cell of listCells(row, row.get).filter(({ expected }) => isRefusal(expected))) {
      const cookie = cookies[cell.role];
      const path = cell.path === '/' ? '/_root' : cell.path;
      const asked = `${path}.data?_routes=${encodeURIComponent(id)}`;
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
      const after = digestTables(stored);
      for (const table of Object.keys(after)) {
        if (after[table] !== before[table]) wrong.push(`${row.path} ${action.does} wrote ${table}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('no action takes a request from another site', async () => {
  const before = digestTables(stored);
  const wrong: string[] = [];
  for (const row of accessTable) {
    for (const action of row.actions ?? []) {
      const cells = listCells(row, action).filter(({ expected }) => expected === 'ok');
      for (const cell of cells.slice(0, 2)) {
        for (const foreign of [
          { origin: 'https://evil.example' },
          { origin: 'null' },
          { 'sec-fetch-site': 'cross-site' },
        ]) {
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

test('who may act is let in, and it does something', async () => {
  const wrong: string[] = [];
  for (const row of accessTable) {
    for (const action of row.actions ?? []) {
      const before = JSON.stringify(digestTables(stored));
      const answers: string[] = [];
      for (const cell of listCells(row, action).filter(({ expected }) => expected === 'ok')) {
        const got = read(await act(action, cell));
        answers.push(got);
        if (!meets(cell.expected, got)) wrong.push(tell(`${action.does}:`, cell, got));
      }
      if (answers.length === 0) wrong.push(`${row.path} ${action.does}: nobody may`);
      const changed = JSON.stringify(digestTables(stored)) !== before;
      if (!action.changesNothing && !changed)
        wrong.push(
          `${row.path} ${action.does}: nothing was changed by anybody (${answers.join(' ')})`,
        );
    }
  }
  expect(wrong).toEqual([]);
});

test('no address takes a WebSocket, and another site is told so first', async () => {
  const { hostname, port } = new URL(world.url);
  const upgrade = (path: string, origin?: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers: Record<string, string> = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...(origin ? { origin } : {}),
      };
      const sent = send({ hostname, port, path, headers }, (answer) => resolve(answer.statusCode));
      sent.on('upgrade', () => resolve(101));
      sent.on('error', reject);
      sent.end();
    });
  for (const row of accessTable) {
    const path = addressOf(row, samples.own);
    expect([path, await upgrade(path, 'https://evil.example')]).toEqual([path, 403]);
    expect([path, await upgrade(path, world.url)]).toEqual([path, 404]);
  }
});
