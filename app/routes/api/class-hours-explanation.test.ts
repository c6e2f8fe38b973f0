import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { makePerson } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { makeStudyWorld } from '~db/testing-study';
import { correctClassHours } from '~/domain/class-hours/correct-class-hours.server';
import { dayAt } from '~/domain/class-hours/platform-day';
import { recordRecount } from '~/domain/rule-sets/record-recount.server';
import { beat, letPass, MINUTE, openPlayer, record } from './testing-player';
import { startTestServer, type TestServer } from './testing-server.server';

let client: DatabaseClient;
let server: TestServer;
beforeAll(async () => {
  client = await openTestDatabase();
  server = await startTestServer(client);
});
afterAll(async () => {
  await server.close();
  await client.close();
});

interface Explained {
  creditedMs: number;
  coveredMs: number;
  spentMs: number;
  complete: boolean;
  ruleSet: { name: string; version: number };
  byDay: { day: string; creditedMs: number; spentMs: number }[];
  plays: {
    wallFrom: string;
    wallTo: string;
    validMs: number;
    creditedMs: number;
    refusals: { clause: string; ms: number }[];
    correction?: { day: string; cause: string; reason: string; by: string; at: string };
  }[];
  recounts: { day: string; ms: number; cause: string; reason: string; by: string; at: string }[];
}

async function studied() {
  const world = await makeStudyWorld(client.db, Date.now(), {
    offlineAllowanceMs: 48 * 60 * MINUTE,
  });
  const { viewer, enrollmentId } = world.learners[0]!;
  const lessonId = world.course.lessons[0]!.id;
  const me = viewer.personId;
  const session = await openPlayer(server, me, enrollmentId, lessonId);
  await letPass(client.db, me, 30 * 60 * MINUTE);
  await record(server, me, session.id, [
    beat(1, 0, 12),
    beat(2, 12, 24),
    // A day later, the same minute twice.
    beat(3, 86_400, 86_460, 100),
    beat(4, 86_460, 86_520, 100),
    { ...beat(5, 86_520, 86_530, 160), visible: false },
  ]);
  await record(server, me, session.id, [beat(6, 86_515, 86_525, 300)]);
  const path = `/api/enrollments/${enrollmentId}/lessons/${lessonId}/class-hours`;
  return { world, me, enrollmentId, lessonId, path };
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

describe('the explanation of a lesson', () => {
  test('adds up by day and by play, and names what did not count', async () => {
    const { me, path } = await studied();
    const answer = await server.call(me, 'GET', path);
    expect(answer.status).toBe(200);
    const explained = answer.body as Explained;
    expect(Object.keys(explained).sort()).toEqual(
      [
        'byDay',
        'complete',
        'coveredMs',
        'creditedMs',
        'plays',
        'recounts',
        'ruleSet',
        'spentMs',
      ].sort(),
    );
    expect(explained).toMatchObject({ creditedMs: 84_000, coveredMs: 84_000, spentMs: 144_000 });
    expect(explained.ruleSet).toEqual({ name: '测试规则', version: 1 });
    expect(explained.byDay.length).toBeGreaterThanOrEqual(2);
    expect(sum(explained.byDay.map((day) => day.creditedMs))).toBe(84_000);
    expect(sum(explained.byDay.map((day) => day.spentMs))).toBe(144_000);
    expect(sum(explained.plays.map((play) => play.creditedMs))).toBe(84_000);
    expect(sum(explained.plays.map((play) => play.validMs))).toBe(144_000);
    const refusals = explained.plays.flatMap((play) => play.refusals);
    expect(refusals).toContainEqual({ clause: 'visible', ms: 10_000 });
    expect(refusals).toContainEqual({ clause: 'overlap', ms: 10_000 });
    expect(explained.plays[0]!.wallFrom).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/);
  });

  test('is shown to the learner, the managers of the class and the bureau, to nobody else', async () => {
    const { world, me, path } = await studied();
    const bureau = await makePerson(client.db, { name: '市局', administrator: true });
    const elsewhere = await makeStudyWorld(client.db, Date.now());
    const colleague = await makePerson(client.db, {
      name: '同事',
      roles: [{ organizationId: world.organizationId, role: 'learner' }],
    });
    const seen = async (personId?: string) => (await server.call(personId, 'GET', path)).status;
    expect(await seen(me)).toBe(200);
    expect(await seen(world.manager.personId)).toBe(200);
    expect(await seen(bureau.personId)).toBe(200);
    expect(await seen(elsewhere.manager.personId)).toBe(404);
    expect(await seen(elsewhere.learners[0]!.viewer.personId)).toBe(404);
    expect(await seen(colleague.personId)).toBe(404);
    expect(await seen()).toBe(401);
  });

  test('is empty for a lesson not studied yet, and missing for one outside the class', async () => {
    const { world, me, enrollmentId } = await studied();
    const other = world.course.lessons[1]!.id;
    const at = (id: string) => `/api/enrollments/${enrollmentId}/lessons/${id}/class-hours`;
    const empty = await server.call(me, 'GET', at(other));
    expect(empty.body).toMatchObject({ creditedMs: 0, byDay: [], plays: [], complete: false });
    expect((await server.call(me, 'GET', at('nothing'))).status).toBe(404);
    expect((await server.call(me, 'POST', at(other), {})).status).toBe(405);
  });

  test('has what managers decided among the plays, and what other rules made of it beside them', async () => {
    const { world, me, enrollmentId, lessonId, path } = await studied();
    const before = (await server.call(me, 'GET', path)).body as Explained;
    const { day } = before.byDay[0]!;
    await correctClassHours(
      client.db,
      world.manager,
      { enrollmentId, lessonId, day, ms: -10_000, reason: '那十秒不是本人' },
      { zone: 'Asia/Shanghai', now: Date.now() },
    );
    await client.db
      .transaction()
      .execute((trx) =>
        recordRecount(
          trx,
          [{ enrollmentId, lessonId, beforeMs: 0, afterMs: 0, days: [{ day, ms: -5_000 }] }],
          { reason: '换规则', decidedBy: world.manager.personId, now: Date.now() },
        ),
      );
    const explained = (await server.call(me, 'GET', path)).body as Explained;
    expect(explained.creditedMs).toBe(before.creditedMs - 10_000);
    expect(explained.coveredMs).toBe(before.coveredMs);
    expect(sum(explained.byDay.map((one) => one.creditedMs))).toBe(explained.creditedMs);
    expect(sum(explained.plays.map((play) => play.creditedMs))).toBe(explained.creditedMs);
    const [decided, ...others] = explained.plays.filter((play) => play.correction);
    expect(others).toEqual([]);
    expect(decided).toMatchObject({ validMs: 0, creditedMs: -10_000, refusals: [] });
    expect(decided!.wallFrom).toBe(decided!.wallTo);
    expect(decided!.correction).toEqual({
      ...{ day, cause: 'decision', reason: '那十秒不是本人', by: world.manager.name },
      at: decided!.wallFrom,
    });
    expect(explained.recounts).toEqual([
      {
        ...{ day, ms: -5_000, cause: 'recount', reason: '换规则', by: world.manager.name },
        at: expect.stringMatching(/Z$/) as string,
      },
    ]);
  });

  test('and the player are of one figure, also right after a correction', async () => {
    const { world, me, enrollmentId } = await studied();
    const lessonId = world.course.lessons[1]!.id;
    const session = await openPlayer(server, me, enrollmentId, lessonId);
    await letPass(client.db, me, 5 * MINUTE);
    expect(await record(server, me, session.id, [beat(1, 0, 12)])).toMatchObject({
      creditedMs: 12_000,
    });
    const { day } = dayAt(Date.now(), 'Asia/Shanghai');
    await correctClassHours(
      client.db,
      world.manager,
      { enrollmentId, lessonId, day, ms: 8_000, reason: '网络故障' },
      { zone: 'Asia/Shanghai', now: Date.now() },
    );
    expect(await record(server, me, session.id, [beat(2, 12, 24)])).toMatchObject({
      ...{ creditedMs: 32_000, coveredMs: 24_000, spentMs: 24_000 },
    });
  });
});
