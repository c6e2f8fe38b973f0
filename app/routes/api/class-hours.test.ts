import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppLoadContext } from '@remix-run/node';
import type { DatabaseClient } from '~db/client.server';
import {
  makeClass,
  makeCourse,
  makeCredit,
  makeEnrollment,
  makeOrganization,
  makePerson,
} from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { requestArgs, signedInCookie, testContext } from '~/web/testing-request.server';
import { loader } from './class-hours';

const NOW = Date.parse('2026-11-22T02:00:00Z');
let client: DatabaseClient;
let context: AppLoadContext;
let classId: string;
let manager: string;
let worker: string;
let administrator: string;

beforeAll(async () => {
  client = await openTestDatabase();
  const { db } = client;
  context = testContext(client, NOW);
  const college = await makeOrganization(db, { name: '鸢都技师学院' });
  const chen = await makePerson(db, {
    name: '陈主任',
    roles: [{ organizationId: college, role: 'manager' }],
  });
  const course = await makeCourse(db, {
    title: '柴油机装调',
    organizationId: college,
    authorId: chen.personId,
    lessons: [{ title: '曲轴' }],
  });
  classId = await makeClass(db, {
    title: '秋季班',
    organizationId: college,
    createdBy: chen.personId,
    courses: [course],
    capacity: 200,
  });
  for (let n = 0; n < 130; n++) {
    const learner = await makePerson(db, { name: `工人${n}` });
    const enrollmentId = await makeEnrollment(db, { classId, personId: learner.personId });
    await makeCredit(db, {
      enrollmentId,
      personId: learner.personId,
      lessonId: course.lessons[0]!.id,
      day: '2026-11-20',
      creditedMs: 60_000 + n,
    });
    worker = learner.personId;
  }
  manager = await signedInCookie(context, chen.personId);
  worker = await signedInCookie(context, worker);
  const bureau = await makePerson(db, { name: '王局长', administrator: true });
  administrator = await signedInCookie(context, bureau.personId);
});
afterAll(() => client.close());

interface Answer {
  rows: { key: string; name: string; learners: number; creditedMs: number; classHours: number }[];
  total: { learners: number; creditedMs: number; classHours: number };
  nextCursor: string | null;
}

const ask = (query: string, cookie?: string) =>
  loader(requestArgs(context, `/api/class-hours?${query}`, cookie ? { cookie } : {}));

async function read(query: string, cookie: string): Promise<Answer> {
  const response = await ask(query, cookie);
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

const CREDITED = 130 * 60_000 + (129 * 130) / 2;

describe('GET /api/class-hours', () => {
  test('answers a class with its total', async () => {
    const expected = { learners: 130, creditedMs: CREDITED, classHours: 2.8 };
    const query = `by=class&from=2026-11-20&to=2026-11-20&classId=${classId}&organizationId=&cursor=`;
    for (const cookie of [manager, administrator]) {
      expect(await read(query, cookie)).toEqual({
        rows: [{ key: classId, name: '秋季班', ...expected }],
        total: expected,
        nextCursor: null,
      });
    }
    expect(await read('by=month&to=2026-11-19', manager)).toEqual({
      rows: [],
      total: { learners: 0, creditedMs: 0, classHours: 0 },
      nextCursor: null,
    });
  });

  test('pages through many learners, with the total over all pages', async () => {
    const first = await read('by=learner', manager);
    expect(first.rows).toHaveLength(100);
    const second = await read(`by=learner&cursor=${first.nextCursor}`, manager);
    expect(second.rows).toHaveLength(30);
    expect(second.nextCursor).toBeNull();
    expect(second.total).toEqual(first.total);
    const all = [...first.rows, ...second.rows];
    expect(new Set(all.map((row) => row.key)).size).toBe(130);
    expect(all.reduce((sum, row) => sum + row.creditedMs, 0)).toBe(CREDITED);
  });

  test('refuses nonsense, naming the parameter', async () => {
    const { nextCursor } = await read('by=learner', manager);
    const cases = [
      ['', '/by'],
      ['by=planet', '/by'],
      ['by=class&by=day', '/by'],
      ['by=class&from=2026-02-30', '/from'],
      ['by=class&to=yesterday', '/to'],
      ['by=class&from=2026-11-02&to=2026-11-01', '/to'],
      ['by=class&cursor=%7B', '/cursor'],
      [`by=class&cursor=${nextCursor}`, '/cursor'],
    ] as const;
    for (const [query, pointer] of cases) {
      const response = await ask(query, manager);
      expect([query, response.status]).toEqual([query, 422]);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      const body = (await response.json()) as { errors: { pointer: string }[] };
      expect([query, body.errors.map((error) => error.pointer)]).toEqual([query, [pointer]]);
    }
  });

  test('shows nothing to learners, strangers and managers of others', async () => {
    const { db } = client;
    const enterprise = await makeOrganization(db, { name: '海岱动力集团', kind: 'enterprise' });
    const liu = await makePerson(db, {
      name: '刘主任',
      roles: [{ organizationId: enterprise, role: 'manager' }],
    });
    const foreign = await signedInCookie(context, liu.personId);
    expect((await ask('by=class')).status).toBe(401);
    expect((await ask('by=class', worker)).status).toBe(403);
    expect((await ask(`by=class&classId=${classId}`, foreign)).status).toBe(404);
    expect((await ask('by=class&classId=nowhere', administrator)).status).toBe(404);
    expect((await read('by=class', foreign)).rows).toEqual([]);
  });
});
