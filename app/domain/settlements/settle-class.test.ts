import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { makeCredit, makePerson, STORY_BEGINS } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { makeStudyWorld, type StudyWorld } from '~db/testing-study';
import { getManagedClass } from '../classes/get-managed-class.server';
import { Conflict, Forbidden, Invalid, NotFound } from '../shared/errors';
import { getSettlement } from './get-settlement.server';
import { listSettlements } from './list-settlements.server';
import { previewSettlement } from './preview-settlement.server';
import { settleClass } from './settle-class.server';
import { sumCredit } from './sum-credit.server';

const TODAY = '2026-11-20';
const MINUTE = 60_000;

let client: DatabaseClient;
let world: StudyWorld;
beforeAll(async () => {
  client = await openTestDatabase();
});
afterAll(() => client.close());
beforeEach(async () => {
  world = await makeStudyWorld(client.db, STORY_BEGINS, { learners: 2 });
});

const credit = (learner: number, day: string, creditedMs: number, lesson = 0) => {
  const { viewer, enrollmentId } = world.learners[learner]!;
  const lessonId = world.course.lessons[lesson]!.id;
  const of = { enrollmentId, personId: viewer.personId, lessonId };
  return makeCredit(client.db, { ...of, day, creditedMs });
};

async function preview(toDay?: string, today = TODAY) {
  const trainingClass = await getManagedClass(client.db, world.manager, world.classId);
  return previewSettlement(client.db, trainingClass, { toDay, today });
}

async function settle(toDay: string, given: { number?: number; totalMs?: number } = {}) {
  const { number, totalMs } = await preview(toDay);
  const form = { toDay, number, totalMs, note: '', ...given };
  const input = { classId: world.classId, form, today: TODAY, now: STORY_BEGINS };
  return settleClass(client.db, world.manager, input);
}

const linesOf = async (number: number) =>
  (await getSettlement(client.db, world.classId, number)).lines.map((line) => [
    line.name,
    line.creditedMs / MINUTE,
    line.adjustmentMs / MINUTE,
  ]);

test('what comes late for settled days is an adjustment of the next settlement, and settled figures stay', async () => {
  await credit(0, '2026-11-03', 30 * MINUTE);
  await credit(1, '2026-11-03', 20 * MINUTE);
  await credit(0, '2026-11-12', 5 * MINUTE);
  expect(await settle('2026-11-10')).toBe(1);
  await credit(1, '2026-11-04', 7 * MINUTE);
  await client.db
    .updateTable('lesson_day')
    .set({ corrected_ms: -4 * MINUTE })
    .where('enrollment_id', '=', world.learners[0]!.enrollmentId)
    .where('day', '=', '2026-11-03')
    .execute();
  expect(await settle('2026-11-15')).toBe(2);
  expect(await linesOf(1)).toEqual([
    ['学员1', 30, 0],
    ['学员2', 20, 0],
  ]);
  expect(await linesOf(2)).toEqual([
    ['学员1', 5, -4],
    ['学员2', 0, 7],
  ]);
  const settlements = await listSettlements(client.db, world.classId);
  expect(settlements.map(({ fromDay, toDay }) => [fromDay, toDay])).toEqual([
    ['2026-11-11', '2026-11-15'],
    ['2026-10-03', '2026-11-10'],
  ]);
});

test('settlements and the open rest are the credit of the class', async () => {
  await credit(0, '2026-11-03', 30 * MINUTE);
  await settle('2026-11-05');
  await credit(0, '2026-11-04', 3 * MINUTE);
  await credit(1, '2026-11-08', 11 * MINUTE);
  const settled = (await listSettlements(client.db, world.classId)).reduce(
    (sum, one) => sum + one.creditedMs + one.adjustmentMs,
    0,
  );
  const open = await preview();
  expect(open).toMatchObject({ number: 2, fromDay: '2026-11-06', toDay: '2026-11-19' });
  expect(settled + open.totalMs).toBe(44 * MINUTE);
  const all = await sumCredit(client.db, world.classId);
  expect(all).toEqual({
    creditedMs: 44 * MINUTE,
    settledMs: settled,
    openMs: open.totalMs,
  });
});

test('only days that have ended and are open are settled', async () => {
  await credit(0, '2026-11-03', MINUTE);
  await expect(settle(TODAY)).rejects.toThrow(Invalid);
  await settle('2026-11-10');
  await expect(settle('2026-11-10')).rejects.toThrow(Invalid);
});

test('what was not seen in the preview is not settled', async () => {
  await credit(0, '2026-11-03', MINUTE);
  await expect(settle('2026-11-10', { totalMs: 0 })).rejects.toThrow(Conflict);
  await settle('2026-11-10');
  await expect(settle('2026-11-12', { number: 1 })).rejects.toThrow(Conflict);
  expect(await listSettlements(client.db, world.classId)).toHaveLength(1);
});

test('two managers who settle at once settle once', async () => {
  await credit(0, '2026-11-03', MINUTE);
  const both = await Promise.allSettled([settle('2026-11-10'), settle('2026-11-10')]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await listSettlements(client.db, world.classId)).toHaveLength(1);
});

test('a learner may not settle their class, and for a stranger it does not exist', async () => {
  const form = { toDay: '2026-11-10', number: 1, totalMs: 0, note: '' };
  const input = { classId: world.classId, form, today: TODAY, now: STORY_BEGINS };
  const stranger = await makePerson(client.db, { name: '路人' });
  const learner = world.learners[0]!.viewer;
  await expect(settleClass(client.db, learner, input)).rejects.toThrow(Forbidden);
  await expect(settleClass(client.db, stranger, input)).rejects.toThrow(NotFound);
});

test('settling leaves an audit row with the days and the figure', async () => {
  await credit(0, '2026-11-03', MINUTE);
  await settle('2026-11-10');
  const entry = await client.db
    .selectFrom('audit_entry')
    .select(['actor_id', 'detail'])
    .where('action', '=', 'settle-class')
    .where('subject_id', '=', world.classId)
    .executeTakeFirstOrThrow();
  expect(entry.actor_id).toBe(world.manager.personId);
  const detail = { number: 1, from: '2026-10-03', to: '2026-11-10', learners: 2, ms: MINUTE };
  expect(JSON.parse(entry.detail)).toEqual(detail);
});
