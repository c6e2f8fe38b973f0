import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { makeStudyWorld, type StudyWorld } from '~db/testing-study';
import { reconcile } from '~/domain/class-hours/reconcile.server';
import { beat, letPass, MINUTE, openPlayer, record, sendBeats } from './testing-player';
import { startTestServer, type TestServer } from './testing-server.server';

const ZONE = 'Asia/Shanghai';

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

/** A learner of a world of their own with a player open on the first lesson (10 min) since an hour. */
async function studying(given: Parameters<typeof makeStudyWorld>[2] = {}) {
  // What the tests send was played without a contact in between.
  const rules = { offlineAllowanceMs: 120 * MINUTE, ...given };
  const world = await makeStudyWorld(client.db, Date.now(), rules);
  const learner = world.learners[0]!;
  const me = learner.viewer.personId;
  const session = await openPlayer(server, me, learner.enrollmentId, lesson(world));
  await letPass(client.db, me, 60 * MINUTE);
  return { world, me, enrollmentId: learner.enrollmentId, lessonId: lesson(world), session };
}

const lesson = (world: StudyWorld, index = 0) => world.course.lessons[index]!.id;

describe('beats are answered', () => {
  test('with what they earned', async () => {
    const { me, session } = await studying();
    const answer = await record(server, me, session.id, [beat(1, 0, 12), beat(2, 12, 24)]);
    expect(answer).toEqual({
      ackSeq: 2,
      creditedMs: 24_000,
      coveredMs: 24_000,
      spentMs: 24_000,
      creditedTodayMs: expect.any(Number) as number,
      complete: false,
      refusals: [],
      state: 'open',
      presenceCheck: null,
    });
    const next = await record(server, me, session.id, [beat(3, 24, 36)]);
    expect(next).toMatchObject({ ackSeq: 3, creditedMs: 36_000 });
  });

  test('with the same totals when they are sent again, and count once', async () => {
    const { me, session } = await studying();
    const beats = [beat(1, 0, 12), beat(2, 12, 24, 300)];
    const first = await record(server, me, session.id, beats);
    expect(await record(server, me, session.id, beats)).toEqual(first);
    expect(await record(server, me, session.id, [beats[1]!, beats[0]!])).toEqual(first);
  });

  test('with the greatest seq up to which all are stored, whatever the order', async () => {
    const { me, session } = await studying();
    expect(await record(server, me, session.id, [beat(3, 24, 36)])).toMatchObject({ ackSeq: 0 });
    expect(await record(server, me, session.id, [beat(1, 0, 12)])).toMatchObject({ ackSeq: 1 });
    const whole = await record(server, me, session.id, [beat(2, 12, 24)]);
    expect(whole).toMatchObject({ ackSeq: 3, creditedMs: 36_000, spentMs: 36_000 });
    expect(await reconcile(client.db, ZONE)).toEqual([]);
  });

  test('with the headers by which a fault is found again, and nothing is guessed', async () => {
    const { me, session } = await studying();
    const path = `/api/watch-sessions/${session.id}/beats`;
    for (const who of [me, undefined]) {
      const { headers } = await server.call(who, 'POST', path, { beats: [beat(1, 0, 12)] });
      expect(headers.get('x-request-id')).toBe(server.context.requestId);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  test('with refusals for time that is stored, and for another content of a stored seq', async () => {
    const { me, session } = await studying();
    await record(server, me, session.id, [beat(1, 0, 12)]);
    const answer = await record(server, me, session.id, [beat(2, 6, 18), beat(1, 0, 10)]);
    expect(answer.refusals).toEqual([
      { seq: 2, clause: 'overlap', ms: 12_000 },
      { seq: 1, clause: 'overlap', ms: 10_000 },
    ]);
    expect(answer).toMatchObject({ ackSeq: 1, creditedMs: 12_000 });
    const kept = await client.db
      .selectFrom('refused_beat')
      .selectAll()
      .where('session_id', '=', session.id)
      .execute();
    expect(kept).toHaveLength(2);
  });

  test('with a refusal of what had not happened yet', async () => {
    const { me, session } = await studying();
    const { refusals, creditedMs } = await record(server, me, session.id, [
      beat(1, 3_590, 4_000, 0),
    ]);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toMatchObject({ seq: 1, clause: 'elapsed' });
    expect(creditedMs + refusals[0]!.ms).toBe(410_000);
    expect(creditedMs).toBeLessThan(20_000);
    const again = await record(server, me, session.id, [beat(1, 3_590, 4_000, 0)]);
    expect(again).toMatchObject({ refusals, creditedMs });
  });

  test('crediting nothing for a jump to the end', async () => {
    const { me, session } = await studying();
    await record(server, me, session.id, [beat(1, 0, 10)]);
    const jump = { ...beat(2, 10, 11), mediaFromMs: 10_000, mediaToMs: 600_000 };
    const answer = await record(server, me, session.id, [jump]);
    expect(answer).toMatchObject({ creditedMs: 10_000, coveredMs: 10_000, complete: false });
    expect(answer.refusals).toEqual([{ seq: 2, clause: 'speed', ms: 1_000 }]);
  });

  test('crediting the same minute played twice once, and the whole lesson to its length', async () => {
    const { me, session } = await studying();
    await record(server, me, session.id, [beat(1, 0, 60), beat(2, 60, 120, 0)]);
    const whole = await record(server, me, session.id, [beat(3, 120, 660, 60)]);
    expect(whole).toMatchObject({ creditedMs: 600_000, coveredMs: 600_000, spentMs: 660_000 });
    expect(whole.complete).toBe(true);
  });

  test('taking up to a second over the length, cut to it', async () => {
    const { me, session } = await studying();
    const last = { ...beat(1, 0, 5, 595.9), mediaToMs: 600_900 };
    expect(await record(server, me, session.id, [last])).toMatchObject({ coveredMs: 4_100 });
  });

  test('counting nothing for beats that are empty', async () => {
    const { me, session } = await studying();
    const empty = { ...beat(1, 5, 5), mediaFromMs: 9_000, mediaToMs: 9_000 };
    const answer = await record(server, me, session.id, [empty, beat(2, 0, 12)]);
    expect(answer).toMatchObject({ ackSeq: 2, creditedMs: 12_000, refusals: [] });
  });

  test('counting only a visible page', async () => {
    const { me, session } = await studying();
    const answer = await record(server, me, session.id, [{ ...beat(1, 0, 12), visible: false }]);
    expect(answer).toMatchObject({ ackSeq: 1, creditedMs: 0, spentMs: 0 });
    expect(answer.refusals).toEqual([{ seq: 1, clause: 'visible', ms: 12_000 }]);
  });
});

describe('nonsense changes nothing', () => {
  const good = beat(1, 0, 12);
  const nonsense: [string, unknown, string][] = [
    ['no beats', [], '/beats'],
    ['201 beats', Array.from({ length: 201 }, (_, i) => beat(i + 1, i, i + 1)), '/beats'],
    ['beats that are no list', 7, '/beats'],
    ['a seq of 0', [{ ...good, seq: 0 }], '/beats/0/seq'],
    ['a seq of 1.5', [{ ...good, seq: 1.5 }], '/beats/0/seq'],
    ['a seq in words', [{ ...good, seq: 'one' }], '/beats/0/seq'],
    ['wall time that runs back', [{ ...good, wallFromMs: 12_001 }], '/beats/0/wallToMs'],
    ['media that runs back', [{ ...good, mediaFromMs: 12_001 }], '/beats/0/mediaToMs'],
    ['negative wall time', [{ ...good, wallFromMs: -1 }], '/beats/0/wallFromMs'],
    ['negative media', [{ ...good, mediaFromMs: -1 }], '/beats/0/mediaFromMs'],
    ['a thousand years', [{ ...good, wallToMs: 3.2e13 }], '/beats/0/wallToMs'],
    ['visible as a number', [{ ...good, visible: 1 }], '/beats/0/visible'],
    ['a missing field', [{ ...good, mediaToMs: undefined }], '/beats/0/mediaToMs'],
    [
      'media over the length',
      [good, { ...beat(2, 12, 24), mediaToMs: 601_001 }],
      '/beats/1/mediaToMs',
    ],
  ];
  test.each(nonsense)('%s', async (_, beats, pointer) => {
    const { me, session } = await studying();
    const answer = await sendBeats(server, me, session.id, beats);
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ type: 'invalid', title: expect.any(String) as string });
    const { errors } = answer.body as { errors: { pointer: string; message: string }[] };
    expect(errors.map((error) => error.pointer)).toContain(pointer);
    const stored = await client.db
      .selectFrom('beat')
      .select('seq')
      .where('session_id', '=', session.id)
      .execute();
    expect(stored).toEqual([]);
  });
});

describe('who may send what', () => {
  test('nobody without signing in', async () => {
    const { session } = await studying();
    expect((await sendBeats(server, undefined, session.id, [beat(1, 0, 1)])).status).toBe(401);
  });

  test('only the session’s own learner: for others there is none', async () => {
    const mine = await studying();
    const other = await studying();
    const answer = await sendBeats(server, other.me, mine.session.id, [beat(1, 0, 1)]);
    expect(answer.status).toBe(404);
    expect((await sendBeats(server, mine.me, 'nothing', [beat(1, 0, 1)])).status).toBe(404);
    expect((await sendBeats(server, mine.me, 'nothing', 'nonsense')).status).toBe(404);
  });

  test('only JSON of up to 64 kB', async () => {
    const { me, session } = await studying();
    const path = `/api/watch-sessions/${session.id}/beats`;
    const send = (raw: string, type?: string) =>
      server.call(me, 'POST', path, undefined, { raw, ...(type !== undefined && { type }) });
    expect((await send('beats', 'text/plain')).status).toBe(415);
    expect((await send('{"beats": [')).status).toBe(400);
    expect((await send(`{"beats": [], "rest": "${'x'.repeat(70_000)}"}`)).status).toBe(413);
    expect((await server.call(me, 'PUT', path, { beats: [] })).status).toBe(405);
    expect((await server.call(me, 'GET', path)).status).toBe(405);
    expect((await record(server, me, session.id, [beat(1, 0, 12)])).ackSeq).toBe(1);
  });

  test('nobody any longer once the session was ended, within 5 s', async () => {
    const { me, session } = await studying();
    await record(server, me, session.id, [beat(1, 0, 12)]);
    const started = performance.now();
    await client.db.deleteFrom('sign_in_session').where('person_id', '=', me).execute();
    await expect
      .poll(async () => (await sendBeats(server, me, session.id, [beat(2, 12, 24)])).status, {
        timeout: 8_000,
        interval: 250,
      })
      .toBe(401);
    expect(performance.now() - started).toBeLessThan(6_000);
  });
});

describe('late beats are always taken', () => {
  test('after the learner was withdrawn: what was studied before counts', async () => {
    const { me, session, enrollmentId } = await studying();
    await client.db
      .insertInto('enrollment_status')
      .values({
        id: `withdrawn-${enrollmentId}`,
        enrollment_id: enrollmentId,
        status: 'withdrawn',
        from_at: Date.now() - 50 * MINUTE,
        by_person_id: null,
      })
      .execute();
    await client.db
      .updateTable('enrollment')
      .set({ status: 'withdrawn' })
      .where('id', '=', enrollmentId)
      .execute();
    const before = await record(server, me, session.id, [beat(1, 0, 300)]);
    expect(before).toMatchObject({ state: 'closed', creditedMs: 300_000, refusals: [] });
    const after = await record(server, me, session.id, [beat(2, 1_200, 1_260, 300)]);
    expect(after).toMatchObject({ ackSeq: 2, creditedMs: 300_000 });
    expect(after.refusals).toEqual([{ seq: 2, clause: 'class-open', ms: 60_000 }]);
  });

  test('after another device took over: up to that moment', async () => {
    const { me, session, enrollmentId, world } = await studying();
    const second = await openPlayer(server, me, enrollmentId, lesson(world, 1));
    await letPass(client.db, me, 10 * MINUTE);
    const late = await record(server, me, session.id, [
      beat(1, 0, 300),
      beat(2, 3_590, 3_700, 300),
    ]);
    expect(late.state).toBe('taken-over');
    expect(late.refusals).toHaveLength(1);
    expect(late.refusals[0]).toMatchObject({ seq: 2, clause: 'one-stream' });
    expect(late.creditedMs + late.refusals[0]!.ms).toBe(410_000);
    const other = await record(server, me, second.id, [beat(1, 0, 60)]);
    expect(other).toMatchObject({ state: 'open', creditedMs: 60_000 });
    expect(other.creditedTodayMs).toBeLessThanOrEqual(late.creditedMs + 60_000);
    expect(await reconcile(client.db, ZONE)).toEqual([]);
  });

  test('of the player before, told of time that runs into the next: counted anew, once', async () => {
    const { me, session, enrollmentId, lessonId } = await studying();
    const ahead = await record(server, me, session.id, [beat(1, 3_500, 3_601.5, 0)]);
    expect(ahead.creditedMs).toBe(101_500);
    await openPlayer(server, me, enrollmentId, lessonId);
    const total = await client.db
      .selectFrom('lesson_total')
      .select('credited_ms')
      .where('enrollment_id', '=', enrollmentId)
      .executeTakeFirstOrThrow();
    expect(total.credited_ms).toBeLessThan(101_500);
    expect(total.credited_ms).toBeGreaterThanOrEqual(100_000);
    expect(await reconcile(client.db, ZONE)).toEqual([]);
  });
});

describe('beats that arrive together', () => {
  test('count each minute of one learner once', async () => {
    const { me, session } = await studying();
    const beats = Array.from({ length: 64 }, (_, i) => beat(i + 1, i * 5, i * 5 + 5));
    const answers = await Promise.all([
      ...beats.map((one) => record(server, me, session.id, [one])),
      ...beats.map((one) => record(server, me, session.id, [one])),
    ]);
    expect(Math.max(...answers.map((answer) => answer.creditedMs))).toBe(320_000);
    const last = await record(server, me, session.id, [beat(64, 315, 320)]);
    expect(last).toMatchObject({ ackSeq: 64, creditedMs: 320_000, spentMs: 320_000 });
    expect(await reconcile(client.db, ZONE)).toEqual([]);
  });

  test('of many learners are each answered with their own totals', async () => {
    const world = await makeStudyWorld(client.db, Date.now(), { learners: 20 });
    const players = await Promise.all(
      world.learners.map(async ({ viewer, enrollmentId }) => {
        const me = viewer.personId;
        const session = await openPlayer(server, me, enrollmentId, lesson(world));
        await letPass(client.db, me, 20 * MINUTE);
        return { me, session };
      }),
    );
    const answers = await Promise.all(
      players.map(({ me, session }, i) => record(server, me, session.id, [beat(1, 0, 10 + i)])),
    );
    expect(answers.map((answer) => answer.creditedMs)).toEqual(
      players.map((_, i) => (10 + i) * 1_000),
    );
  });
});

describe('a lesson and its class', () => {
  test('are complete when the last lesson is', async () => {
    const { me, session, enrollmentId } = await studying({
      lessons: [{ title: '曲轴', durationMs: 600_000 }],
      requiredTenths: 2,
    });
    const answer = await record(server, me, session.id, [beat(1, 0, 598)]);
    expect(answer).toMatchObject({ complete: true, state: 'open' });
    const { status } = await client.db
      .selectFrom('enrollment')
      .select('status')
      .where('id', '=', enrollmentId)
      .executeTakeFirstOrThrow();
    expect(status).toBe('completed');
    const further = await record(server, me, session.id, [beat(2, 598, 600)]);
    expect(further).toMatchObject({ creditedMs: 600_000, state: 'open' });
  });
});
