import { expect, test } from '@playwright/test';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type Database from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ask, signInByApi, type Asked } from './actors';
import { openStored, readSamples, type Samples } from './stored-world';
import { PASSWORD, startWorld, type World } from './world';

interface Reference {
  $ref: string;
}
interface Answer {
  content?: Record<string, { schema: object }>;
}
interface Contract {
  paths: Record<string, Record<string, { responses?: Record<string, Answer | Reference> }>>;
  components: { responses: Record<string, Answer>; schemas: Record<string, object> };
}

const root = join(import.meta.dirname, '..');
const contract = parse(readFileSync(join(root, 'docs', 'openapi.yaml'), 'utf8')) as Contract;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema({ $id: 'contract', ...contract });

let world: World;
let stored: Database.Database;
let own: Samples;
let foreign: Samples;
let learner: string;
let manager: string;
let teacher: string;

test.beforeAll(async () => {
  world = await startWorld();
  stored = openStored(world);
  own = readSamples(stored, '柴油机装调工（中级）秋季 2 班', 'worker31', 'worker31');
  foreign = readSamples(stored, '焊工安全与氩弧焊入门 4 班', 'worker23', 'worker23');
  [learner, manager, teacher] = await Promise.all([
    signInByApi(world, 'worker31'),
    signInByApi(world, 'manager02'),
    signInByApi(world, 'teacher02'),
  ]);
});
test.afterAll(async () => {
  stored.close();
  await world.stop();
});

/** The contract's schema of this answer; undefined when the contract knows the answer without a body. */
function schemaOf(path: string, method: string, status: number): ValidateFunction | undefined {
  const escape = (part: string) => part.replace(/~/g, '~0').replace(/\//g, '~1');
  const responses = contract.paths[path]?.[method.toLowerCase()]?.responses;
  const answer = responses?.[String(status)];
  if (!answer) throw new Error(`the contract does not know ${method} ${path} -> ${status}`);
  const named = '$ref' in answer ? /[^/]+$/.exec(answer.$ref)?.[0] : undefined;
  const content = (named ? contract.components.responses[named] : (answer as Answer))?.content;
  const type = Object.keys(content ?? {})[0];
  if (!type) return undefined;
  const at = named
    ? ['components', 'responses', named]
    : ['paths', path, method.toLowerCase(), 'responses', String(status)];
  const pointer = [...at, 'content', type, 'schema'].map(escape).join('/');
  return ajv.getSchema(`contract#/${encodeURI(pointer)}`);
}

/** Asks, and holds the answer to the contract: status, type and body. */
async function held(
  path: string,
  status: number,
  asked: Asked & { params?: Record<string, string>; search?: string; raw?: string } = {},
): Promise<unknown> {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => asked.params?.[name] ?? 'none');
  const method =
    asked.method ?? (asked.json !== undefined || asked.raw !== undefined ? 'POST' : 'GET');
  const answer =
    asked.raw === undefined
      ? await ask(world, address + (asked.search ?? ''), asked)
      : await fetch(world.url + address, {
          method,
          headers: {
            'content-type': 'application/json',
            cookie: asked.cookie ?? '',
            ...asked.headers,
          },
          body: asked.raw,
        });
  const text = await answer.text();
  const what = `${method} ${path}${asked.search ?? ''}`;
  expect([what, answer.status, text.slice(0, 300)]).toEqual([what, status, expect.anything()]);
  const validate = schemaOf(path, method, status);
  if (!validate) {
    expect(text).toBe('');
    return undefined;
  }
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  expect([what, answer.headers.get('content-type')?.split(';')[0]]).toEqual([what, type]);
  const body = JSON.parse(text) as unknown;
  validate(body);
  expect([what, validate.errors ?? []]).toEqual([what, []]);
  if (status >= 400) expect(body).toMatchObject({ status });
  if (status === 429 || status === 503) expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
  return body;
}

const SESSION = '/api/session';
const WATCH = '/api/watch-sessions';
const BEATS = '/api/watch-sessions/{id}/beats';
const EXPLANATION = '/api/enrollments/{id}/lessons/{lessonId}/class-hours';
const large = JSON.stringify({ login: 'x'.repeat(70_000), password: 'x' });
const beat = (seq: number, from: number, to: number) => ({
  seq,
  wallFromMs: from,
  wallToMs: to,
  mediaFromMs: from,
  mediaToMs: to,
  visible: true,
});

test('signing in and out', async () => {
  await held(SESSION, 204, { json: { login: 'worker05', password: PASSWORD } });
  await held(SESSION, 401, { json: { login: 'worker05', password: 'wrong' } });
  await held(SESSION, 401, { json: { login: 'nobody', password: 'wrong' } });
  await held(SESSION, 422, { json: { login: 7 } });
  await held(SESSION, 400, { raw: '{' });
  await held(SESSION, 413, { raw: large });
  await held(SESSION, 415, { raw: 'login=x', headers: { 'content-type': 'text/plain' } });
  for (let n = 0; n < 5; n += 1) {
    await held(SESSION, 401, { json: { login: 'worker06', password: `wrong ${n}` } });
  }
  await held(SESSION, 429, { json: { login: 'worker06', password: PASSWORD } });
  const leaving = await signInByApi(world, 'worker07');
  await held('/api/me', 200, { cookie: leaving });
  await held(SESSION, 204, { method: 'DELETE', cookie: leaving });
  await held('/api/me', 401, { cookie: leaving });
});

test('who I am', async () => {
  await held('/api/me', 401);
  const me = (await held('/api/me', 200, { cookie: learner })) as {
    id: string;
    enrollments: { id: string; lessons: { kind: string; creditedMs: number }[] }[];
  };
  expect(me.id).toBe(own.personId);
  expect(me.enrollments.map(({ id }) => id)).toEqual([own.enrollmentId]);
  expect(me.enrollments[0]?.lessons.map(({ kind }) => kind)).toContain('article');
  expect(me.enrollments[0]?.lessons.some(({ creditedMs }) => creditedMs > 0)).toBe(true);
  await held('/api/me', 200, { cookie: manager });
});

test('opening a player and reporting beats', async () => {
  const { enrollmentId, lessonId } = own;
  const wanted = { enrollmentId, lessonId };
  await held(WATCH, 401, { json: wanted });
  await held(WATCH, 404, { cookie: manager, json: wanted });
  await held(WATCH, 404, {
    cookie: learner,
    json: { ...wanted, enrollmentId: foreign.enrollmentId },
  });
  await held(WATCH, 404, { cookie: learner, json: { ...wanted, lessonId: foreign.lessonId } });
  await held(WATCH, 422, { cookie: learner, json: { enrollmentId } });
  const article = stored
    .prepare(`select lesson_id from course_version_lesson where kind = 'article' limit 1`)
    .pluck()
    .get() as string;
  await held(WATCH, 422, { cookie: learner, json: { enrollmentId, lessonId: article } });
  await held(WATCH, 400, { cookie: learner, raw: '{' });
  await held(WATCH, 413, { cookie: learner, raw: large });
  await held(WATCH, 415, {
    cookie: learner,
    raw: 'x',
    headers: { 'content-type': 'text/plain', origin: world.url },
  });
  const first = (await held(WATCH, 201, { cookie: learner, json: wanted })) as { id: string };
  const opened = (await held(WATCH, 201, { cookie: learner, json: wanted })) as {
    id: string;
    durationMs: number;
    coverage: unknown[];
  };
  expect(opened.coverage.length).toBeGreaterThan(0);

  const params = { id: opened.id };
  const cookie = learner;
  const beats = [beat(1, 0, 400), beat(2, 400, 900)];
  await held(BEATS, 401, { params, json: { beats } });
  await held(BEATS, 404, { params, cookie: manager, json: { beats } });
  await held(BEATS, 404, { params: { id: 'none' }, cookie, json: { beats } });
  const answer = await held(BEATS, 200, { params, cookie, json: { beats } });
  expect(answer).toMatchObject({ ackSeq: 2, state: 'open', presenceCheck: null });
  expect(await held(BEATS, 200, { params, cookie, json: { beats } })).toMatchObject({ ackSeq: 2 });
  expect(
    await held(BEATS, 200, { params, cookie, json: { beats: [beat(3, 0, 300)] } }),
  ).toMatchObject({ refusals: [{ seq: 3, clause: 'overlap', ms: 300 }] });
  expect(
    await held(BEATS, 200, { params: { id: first.id }, cookie, json: { beats: [beat(1, 0, 0)] } }),
  ).toMatchObject({ state: 'taken-over' });
  const over = opened.durationMs + 1_001;
  for (const nonsense of [
    { beats: [] },
    { beats: Array.from({ length: 201 }, (_, n) => beat(n + 1, n, n)) },
    { beats: [beat(4, 500, 400)] },
    { beats: [beat(0, 0, 1)] },
    { beats: [beat(4, -1, 1)] },
    { beats: [{ ...beat(4, 900, 901), mediaToMs: over }] },
    { beats: [{ ...beat(4, 900, 901), visible: 'yes' }] },
    { beats: [{ ...beat(4, 900, 901), wallToMs: 900.5 }] },
    {},
    [],
  ]) {
    await held(BEATS, 422, { params, cookie, json: nonsense });
  }
  await held(BEATS, 400, { params, cookie, raw: 'beats' });
  await held(BEATS, 413, { params, cookie, raw: large });
  await held(BEATS, 415, {
    params,
    cookie,
    raw: '{}',
    headers: { 'content-type': 'text/plain', origin: world.url },
  });
  const clamped = { ...beat(4, 900, 901), mediaFromMs: over - 2, mediaToMs: over - 1 };
  await held(BEATS, 200, { params, cookie, json: { beats: [clamped] } });
});

test('presence checks, none of which is open yet', async () => {
  const path = '/api/watch-sessions/{id}/presence-checks/{checkId}';
  await held(path, 401, { json: { answer: '7' } });
  await held(path, 404, { cookie: learner, json: { answer: '7' } });
});

test('the explanation adds up to the credit', async () => {
  const params = { id: own.enrollmentId, lessonId: own.lessonId };
  await held(EXPLANATION, 401, { params });
  await held(EXPLANATION, 404, {
    params: { ...params, id: foreign.enrollmentId },
    cookie: learner,
  });
  for (const cookie of [learner, manager]) {
    const told = (await held(EXPLANATION, 200, { params, cookie })) as {
      creditedMs: number;
      byDay: { creditedMs: number }[];
      plays: { creditedMs: number }[];
    };
    const sum = (rows: { creditedMs: number }[]) => rows.reduce((n, row) => n + row.creditedMs, 0);
    expect(told.creditedMs).toBeGreaterThan(0);
    expect([sum(told.byDay), sum(told.plays)]).toEqual([told.creditedMs, told.creditedMs]);
  }
});

test('totals by each grouping', async () => {
  await held('/api/class-hours', 401, { search: '?by=class' });
  await held('/api/class-hours', 403, { search: '?by=class', cookie: learner });
  for (const search of ['', '?by=planet', '?by=class&from=2026-02-30', '?by=class&cursor=x']) {
    await held('/api/class-hours', 422, { search, cookie: manager });
  }
  await held('/api/class-hours', 404, {
    search: `?by=class&classId=${foreign.classId}`,
    cookie: manager,
  });
  const totals: number[] = [];
  for (const by of ['organization', 'class', 'course', 'learner', 'month', 'day', 'producer']) {
    const answer = (await held('/api/class-hours', 200, {
      search: `?by=${by}`,
      cookie: manager,
    })) as { rows: { creditedMs: number }[]; total: { creditedMs: number } };
    expect(answer.rows.length).toBeGreaterThan(0);
    expect(answer.rows.reduce((n, row) => n + row.creditedMs, 0)).toBe(answer.total.creditedMs);
    totals.push(answer.total.creditedMs);
  }
  expect(new Set(totals).size).toBe(1);
});

test('the state of a film', async () => {
  const path = '/api/media/{id}';
  await held(path, 401, { params: { id: own.mediaId } });
  await held(path, 404, { params: { id: foreign.mediaId }, cookie: teacher });
  await held(path, 404, { params: { id: 'none' }, cookie: teacher });
  const media = await held(path, 200, { params: { id: own.mediaId }, cookie: teacher });
  expect(media).toMatchObject({ id: own.mediaId, state: 'ready', reason: null });
});

test('what is not there, and methods that are not', async () => {
  const answer = await ask(world, '/api/nothing', { cookie: learner });
  expect(answer.status).toBe(404);
  expect(ajv.getSchema('contract#/components/schemas/Problem')?.(await answer.json())).toBe(true);
  for (const [method, path] of [
    ['GET', '/api/session'],
    ['PUT', '/api/session'],
    ['GET', '/api/watch-sessions'],
    ['GET', '/api/watch-sessions/x/beats'],
    ['POST', '/api/me'],
    ['DELETE', '/api/class-hours'],
    ['POST', `/api/media/${own.mediaId}`],
  ] as const) {
    const refused = await ask(world, path, {
      method,
      cookie: teacher,
      ...(method === 'GET' ? {} : { json: {} }),
    });
    const body = (await refused.json()) as unknown;
    expect([method, path, refused.status, body]).toEqual([
      method,
      path,
      405,
      expect.objectContaining({ status: 405, title: 'Method Not Allowed' }),
    ]);
    expect(refused.headers.get('allow')).toMatch(/GET|POST/);
  }
});
