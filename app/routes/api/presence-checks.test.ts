import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { makeStudyWorld } from '~db/testing-study';
import { reconcile } from '~/domain/class-hours/reconcile.server';
import type { ShownPresenceCheck } from '~/web/presence-check.server';
import { beat, letPass, MINUTE, openPlayer, record } from './testing-player';
import { startTestServer, type TestServer } from './testing-server.server';

const ZONE = 'Asia/Shanghai';
const PRESENCE = {
  checkAfterMinMs: 30_000,
  checkAfterMaxMs: 40_000,
  answerWithinMs: 60_000,
  retryAfterMs: 20_000,
};

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

/** A learner who has played the first 48 s of a lesson, half an hour ago, and is asked at the arrival of it. */
async function asked(rules: { offlineAllowanceMs?: number } = {}) {
  const world = await makeStudyWorld(client.db, Date.now(), {
    offlineAllowanceMs: 120 * MINUTE,
    ...rules,
    presence: PRESENCE,
  });
  const { viewer, enrollmentId } = world.learners[0]!;
  const me = viewer.personId;
  const lessonId = world.course.lessons[0]!.id;
  const session = await openPlayer(server, me, enrollmentId, lessonId);
  await letPass(client.db, me, 30 * MINUTE);
  const answer = await record(server, me, session.id, [beat(1, 0, 24), beat(2, 24, 48)]);
  const check = answer.presenceCheck as ShownPresenceCheck | null;
  if (!check) throw new Error('No check was asked.');
  return { world, me, enrollmentId, lessonId, session, check };
}

/** The place of the right option, or of a wrong one, as only the database knows it. */
async function option(checkId: string, right: boolean): Promise<string> {
  const row = await client.db
    .selectFrom('presence_question')
    .select(['options', 'right_option'])
    .where('id', '=', checkId)
    .executeTakeFirstOrThrow();
  const options = JSON.parse(row.options) as string[];
  return String(1 + options.findIndex((one) => (one === row.right_option) === right));
}

const answerTo = (personId: string, sessionId: string, checkId: string, answer: string) =>
  server.call(personId, 'POST', `/api/watch-sessions/${sessionId}/presence-checks/${checkId}`, {
    answer,
  });

/** Moves the learner's checks back in time, as if they had been asked then. */
async function askedEarlier(personId: string, ms: number): Promise<void> {
  await client.db
    .updateTable('presence_check')
    .set((eb) => ({ asked_at: eb('asked_at', '-', ms) }))
    .where('person_id', '=', personId)
    .execute();
  await client.db
    .updateTable('presence_question')
    .set((eb) => ({ asked_at: eb('asked_at', '-', ms) }))
    .execute();
  await client.db
    .updateTable('learner_stream')
    .set((eb) => ({ open_check_at: eb('open_check_at', '-', ms) }))
    .where('person_id', '=', personId)
    .execute();
}

describe('a presence check', () => {
  test('is not asked before its time, and tells nothing of the right answer', async () => {
    const world = await makeStudyWorld(client.db, Date.now(), { presence: PRESENCE });
    const { viewer, enrollmentId } = world.learners[0]!;
    const me = viewer.personId;
    const session = await openPlayer(server, me, enrollmentId, world.course.lessons[0]!.id);
    expect(session.presenceCheck).toBeNull();
    expect(session.rules.presence).toEqual(PRESENCE);
    await letPass(client.db, me, 10 * MINUTE);
    const early = await record(server, me, session.id, [beat(1, 0, 29)]);
    expect(early.presenceCheck).toBeNull();
    const due = await record(server, me, session.id, [beat(2, 29, 41)]);
    const check = due.presenceCheck as unknown as ShownPresenceCheck;
    expect(Object.keys(check).sort()).toEqual(['answerWithinMs', 'id', 'options', 'question']);
    expect(check.options.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(check.answerWithinMs).toBe(60_000);
    const again = await record(server, me, session.id, [beat(3, 41, 42)]);
    expect(again.presenceCheck).toEqual(check);
  });

  test('is brought by the opening of a session too, in whichever class', async () => {
    const { me, enrollmentId, lessonId, check } = await asked();
    const other = await openPlayer(server, me, enrollmentId, lessonId);
    expect(other.presenceCheck).toEqual(check);
  });

  test('once passed costs nothing, and the next one is due later', async () => {
    const { me, session, check } = await asked();
    const right = await option(check.id, true);
    const answer = await answerTo(me, session.id, check.id, right);
    expect([answer.status, answer.body]).toEqual([200, { passed: true }]);
    expect((await answerTo(me, session.id, check.id, right)).status).toBe(409);
    const next = await record(server, me, session.id, [beat(3, 48, 60)]);
    expect(next).toMatchObject({ creditedMs: 60_000, refusals: [], presenceCheck: null });
    expect(await reconcile(client.db, ZONE)).toEqual([]);
  });

  test('answered wrongly brings another question, which counts only after its time', async () => {
    const { me, session, check } = await asked();
    const wrong = await option(check.id, false);
    const answer = await answerTo(me, session.id, check.id, wrong);
    const judged = answer.body as {
      passed: boolean;
      retryAfterMs: number;
      presenceCheck: ShownPresenceCheck;
    };
    expect(judged).toMatchObject({ passed: false, retryAfterMs: 20_000 });
    expect(judged.presenceCheck.id).not.toBe(check.id);
    const silent = await record(server, me, session.id, [beat(3, 48, 49)]);
    expect(silent.presenceCheck).toBeNull();
    const right = await option(judged.presenceCheck.id, true);
    const early = await answerTo(me, session.id, judged.presenceCheck.id, right);
    expect(early.body).toMatchObject({
      passed: false,
      presenceCheck: { id: judged.presenceCheck.id },
    });
    await askedEarlier(me, 25_000);
    expect((await answerTo(me, session.id, check.id, right)).body).toMatchObject({ passed: false });
    expect((await answerTo(me, session.id, judged.presenceCheck.id, right)).body).toEqual({
      passed: true,
    });
  });

  test('holds what is played without an answer, and frees it when it is passed in time', async () => {
    const { me, session, check } = await asked();
    await askedEarlier(me, 28.5 * MINUTE);
    const held = await record(server, me, session.id, [beat(3, 180, 300)]);
    expect(held.refusals).toEqual([{ seq: 3, clause: 'presence', ms: 120_000 }]);
    expect(held.creditedMs).toBe(48_000);
    expect(await reconcile(client.db, ZONE)).toEqual([]);
    const answer = await answerTo(me, session.id, check.id, await option(check.id, true));
    expect(answer.body).toEqual({ passed: true });
    const freed = await record(server, me, session.id, [beat(4, 300, 301)]);
    expect(freed.creditedMs).toBe(169_000);
    expect(await reconcile(client.db, ZONE)).toEqual([]);
  });

  test('passed after the allowance counts again only from then on', async () => {
    const { me, session, check } = await asked({ offlineAllowanceMs: 35 * MINUTE });
    await record(server, me, session.id, [beat(3, 120, 240)]);
    await askedEarlier(me, 29.5 * MINUTE);
    await client.db
      .updateTable('presence_check')
      .set((eb) => ({ asked_at: eb('asked_at', '-', 10 * MINUTE) }))
      .where('person_id', '=', me)
      .execute();
    await answerTo(me, session.id, check.id, await option(check.id, true));
    const late = await record(server, me, session.id, [beat(4, 300, 301)]);
    expect(late.refusals).toEqual([{ seq: 4, clause: 'presence', ms: 1_000 }]);
    expect(late.creditedMs).toBe(0);
    expect(await reconcile(client.db, ZONE)).toEqual([]);
  });

  test('is another’s business for nobody, and takes only an option there is', async () => {
    const { world, me, session, check } = await asked();
    const stranger = world.manager.personId;
    expect((await answerTo(stranger, session.id, check.id, '1')).status).toBe(404);
    expect((await answerTo(me, session.id, 'no-such-check', '1')).status).toBe(404);
    for (const answer of ['0', '4', '', 'right', '1.5']) {
      expect((await answerTo(me, session.id, check.id, answer)).status).toBe(422);
    }
    const { check: other } = await asked();
    expect((await answerTo(me, session.id, other.id, '1')).status).toBe(404);
  });
});

describe('the daily cap', () => {
  test('keeps credit, not coverage, and says so', async () => {
    const world = await makeStudyWorld(client.db, Date.now(), {
      offlineAllowanceMs: 120 * MINUTE,
      dailyCapMs: 30_000,
    });
    const { viewer, enrollmentId } = world.learners[0]!;
    const me = viewer.personId;
    const session = await openPlayer(server, me, enrollmentId, world.course.lessons[0]!.id);
    await letPass(client.db, me, 60_000);
    const first = await record(server, me, session.id, [beat(1, 0, 24)]);
    expect(first).toMatchObject({ creditedMs: 24_000, state: 'open' });
    const second = await record(server, me, session.id, [beat(2, 24, 48)]);
    expect(second).toMatchObject({
      creditedMs: 30_000,
      coveredMs: 48_000,
      spentMs: 48_000,
      creditedTodayMs: 30_000,
      state: 'capped',
      refusals: [{ seq: 2, clause: 'daily-cap', ms: 18_000 }],
    });
    expect(await reconcile(client.db, ZONE)).toEqual([]);
  });
});
