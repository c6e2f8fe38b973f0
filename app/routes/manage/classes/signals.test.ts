import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { makeStudyWorld, type StudyWorld } from '~db/testing-study';
import { openTestDatabase } from '~db/testing.server';
import { requestArgs, signedInCookie, testContext } from '~/web/testing-request.server';
import { action, loader } from './signals';

const NOW = Date.parse('2026-11-22T02:00:00Z');
const NIGHT = { kind: 'night-study', lessons: [], fromAt: NOW, toAt: NOW, ms: 1_800_000 };
let client: DatabaseClient;
let context: AppLoadContext;
let world: StudyWorld;
let cookie: string;

beforeAll(async () => {
  client = await openTestDatabase();
  context = testContext(client, NOW);
  world = await makeStudyWorld(client.db, NOW, { learners: 3 });
  cookie = await signedInCookie(context, world.manager.personId);
  for (const [index, { enrollmentId }] of world.learners.entries()) {
    await client.db
      .insertInto('signal')
      .values({
        id: `signal-${index}`,
        class_id: world.classId,
        enrollment_id: enrollmentId,
        kind: 'night-study',
        day: '2026-11-20',
        measure: 1_800_000,
        evidence: JSON.stringify(NIGHT),
      })
      .execute();
  }
});
afterAll(() => client.close());

const args = (query = '', form?: [string, string][]) =>
  requestArgs(context, `/${query}`, {
    cookie,
    params: { classId: world.classId },
    ...(form && { form }),
  });

const note = (found: string): [string, string][] => [
  ['intent', 'note'],
  ['signalId', 'signal-0'],
  ['measure', '1800000'],
  ['found', found],
];

test('an empty note is refused with what is missing, and nothing is noted', async () => {
  expect(await action(args('', note('  ')))).toMatchObject({
    data: { errors: { found: 'found-empty' }, signalId: 'signal-0' },
    init: { status: 422 },
  });
  const long = '长'.repeat(501);
  expect(await action(args('', note(long)))).toMatchObject({
    data: { errors: { found: 'found-too-long' }, found: long },
    init: { status: 422 },
  });
  expect((await loader(args())).signals).toHaveLength(3);
});

test('a kind is counted and filtered, a wrong one is left out, and a far page is the last', async () => {
  const page = await loader(args('?kind=night-study&page=99'));
  expect(page).toMatchObject({ total: 3, page: 1, pages: 1 });
  expect(page.counts).toContainEqual({ kind: 'night-study', count: 3 });
  expect(await loader(args('?kind=long-day'))).toMatchObject({ total: 0, all: 3, any: true });
  expect(await loader(args('?kind=nonsense&show=nobody'))).toMatchObject({
    filter: { kind: '', show: 'open' },
    total: 3,
  });
});

test('what is looked at is put away, and shown when all are asked for', async () => {
  expect(await action(args('', note('问过本人')))).toMatchObject({ data: { noted: true } });
  expect((await loader(args())).signals.map(({ id }) => id)).not.toContain('signal-0');
  const all = await loader(args('?show=all'));
  expect(all.signals.find(({ id }) => id === 'signal-0')).toMatchObject({ seen: true });
});
