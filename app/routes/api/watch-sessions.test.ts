import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { signedInCookie } from '~/web/testing-request.server';
import { makeCourseMedia, makeStudyWorld, shanghaiDay, type StudyWorld } from '~db/testing-study';
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

async function enrolled(given: Parameters<typeof makeStudyWorld>[2] = {}) {
  const world = await makeStudyWorld(client.db, Date.now(), given);
  const { viewer, enrollmentId } = world.learners[0]!;
  const [first, second, article] = world.course.lessons.map(({ id }) => id);
  const open = (lessonId = first, person = viewer.personId) =>
    server.call(person, 'POST', '/api/watch-sessions', { enrollmentId, lessonId });
  return { world, me: viewer.personId, enrollmentId, first, second, article, open };
}

async function stand(world: StudyWorld, days: { startsOn: string; endsOn: string }) {
  await client.db
    .updateTable('training_class')
    .set({ starts_on: days.startsOn, ends_on: days.endsOn })
    .where('id', '=', world.classId)
    .execute();
}

describe('opening a player', () => {
  test('answers all a player needs', async () => {
    const { open } = await enrolled();
    const answer = await open();
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.any(String) as string,
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      durationMs: 600_000,
      coverage: [],
      resumeAtMs: 0,
      creditedMs: 0,
      rules: {
        maxSpeed: 1,
        beatEveryMs: 12_000,
        dailyCapMs: null,
        offlineAllowanceMs: 1_800_000,
        minutesPerClassHour: 45,
        presence: null,
      },
      presenceCheck: null,
    });
  });

  test('keeps a mark of the browser, never its token, and none for a program', async () => {
    const { me, enrollmentId, first } = await enrolled();
    const token = 'k'.repeat(43);
    const openWith = async (cookie: string) => {
      const session = await signedInCookie(server.context, me);
      const answer = await fetch(`${server.url}/api/watch-sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: `${session}; ${cookie}` },
        body: JSON.stringify({ enrollmentId, lessonId: first }),
      });
      const { id } = (await answer.json()) as { id: string };
      return client.db
        .selectFrom('watch_session')
        .select(['device_hash', 'serving_known'])
        .where('id', '=', id)
        .executeTakeFirst();
    };
    const device_hash = createHash('sha256').update(token).digest('hex');
    expect(await openWith(`jx_device=${token}`)).toEqual({ device_hash, serving_known: 1 });
    expect(await openWith('jx_device=too-short')).toMatchObject({ device_hash: null });
    expect(await openWith('')).toMatchObject({ device_hash: null });
  });

  test('resumes where the learner left, and at the start of a lesson that was finished', async () => {
    const { me, enrollmentId, first } = await enrolled();
    const session = await openPlayer(server, me, enrollmentId, first!);
    await letPass(client.db, me, 30 * MINUTE);
    await record(server, me, session.id, [beat(1, 0, 100), beat(2, 100, 150, 200)]);
    const again = await openPlayer(server, me, enrollmentId, first!);
    expect(again).toMatchObject({ resumeAtMs: 250_000, creditedMs: 150_000 });
    expect(again.coverage).toEqual([
      [0, 100_000],
      [200_000, 250_000],
    ]);
    await letPass(client.db, me, 30 * MINUTE);
    await record(server, me, again.id, [beat(1, 0, 100, 499)]);
    expect((await openPlayer(server, me, enrollmentId, first!)).resumeAtMs).toBe(0);
  });

  test('ends the learner’s other player, in whatever class', async () => {
    const { me, enrollmentId, first, second } = await enrolled();
    const older = await openPlayer(server, me, enrollmentId, first!);
    const newer = await openPlayer(server, me, enrollmentId, second!);
    const state = async (id: string) => (await record(server, me, id, [beat(1, 0, 0)])).state;
    expect(await state(older.id)).toBe('taken-over');
    expect(await state(newer.id)).toBe('open');
    const rows = await client.db
      .selectFrom('watch_session')
      .select(['number', 'started_at', 'ended_at'])
      .where('person_id', '=', me)
      .orderBy('number')
      .execute();
    expect(rows.map((row) => row.number)).toEqual([1, 2]);
    expect(rows[0]!.ended_at).toBe(rows[1]!.started_at);
    expect(rows[1]!.ended_at).toBeNull();
  });

  test('at once on two devices leaves one open', async () => {
    const { me, enrollmentId, first, second } = await enrolled();
    await Promise.all(
      [first, second, first, second].map((id) => openPlayer(server, me, enrollmentId, id!)),
    );
    const open = await client.db
      .selectFrom('watch_session')
      .select('number')
      .where('person_id', '=', me)
      .where('ended_at', 'is', null)
      .execute();
    expect(open).toEqual([{ number: 4 }]);
  });

  test('is refused to others, and for lessons outside the class', async () => {
    const mine = await enrolled();
    const other = await enrolled();
    expect((await mine.open(mine.first, other.me)).status).toBe(404);
    expect((await mine.open(other.first)).status).toBe(404);
    expect((await mine.open('nothing')).status).toBe(404);
    const nobody = await server.call(undefined, 'POST', '/api/watch-sessions', {});
    expect(nobody.status).toBe(401);
  });

  test('is refused for an article, and for a body that makes no sense', async () => {
    const { me, open, article } = await enrolled();
    const answer = await open(article);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/lessonId' }] });
    const path = '/api/watch-sessions';
    expect((await server.call(me, 'POST', path, { enrollmentId: 1 })).status).toBe(422);
    expect((await server.call(me, 'POST', path, undefined, { raw: '{' })).status).toBe(400);
    const form = { raw: 'a=b', type: 'application/x-www-form-urlencoded' };
    expect((await server.call(me, 'POST', path, undefined, form)).status).toBe(415);
    expect((await server.call(me, 'GET', path)).status).toBe(405);
  });

  test('is refused before the class begins, after it ended, and after withdrawal', async () => {
    const { world, open, enrollmentId } = await enrolled();
    const now = Date.now();
    await stand(world, { startsOn: shanghaiDay(now, 1), endsOn: shanghaiDay(now, 9) });
    expect((await open()).status).toBe(409);
    await stand(world, { startsOn: shanghaiDay(now, -9), endsOn: shanghaiDay(now, -1) });
    expect((await open()).status).toBe(409);
    await stand(world, { startsOn: shanghaiDay(now), endsOn: shanghaiDay(now) });
    expect((await open()).status).toBe(201);
    await client.db
      .insertInto('enrollment_status')
      .values({
        id: `out-${enrollmentId}`,
        enrollment_id: enrollmentId,
        status: 'withdrawn',
        from_at: now - 1_000,
        by_person_id: null,
      })
      .execute();
    expect((await open()).status).toBe(409);
  });

  test('waits for a video that is not converted', async () => {
    const { world, open } = await enrolled();
    await makeCourseMedia(client.db, world.course, {
      organizationId: world.organizationId,
      uploadedBy: world.manager.personId,
      now: Date.now(),
      state: 'converting',
    });
    const answer = await open();
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('is slowed after 30 in a minute', async () => {
    const { open, me } = await enrolled();
    for (let opened = 0; opened < 30; opened += 1) expect((await open()).status).toBe(201);
    const refused = await open();
    expect(refused.status).toBe(429);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(30);
    expect(wait).toBeLessThanOrEqual(60);
    await letPass(client.db, me, MINUTE);
    expect((await open()).status).toBe(201);
  });
});

describe('a presence check', () => {
  test('that was never asked is not found', async () => {
    const { me, enrollmentId, first } = await enrolled();
    const { id } = await openPlayer(server, me, enrollmentId, first!);
    const path = `/api/watch-sessions/${id}/presence-checks/none`;
    expect((await server.call(me, 'POST', path, { answer: '4' })).status).toBe(404);
    expect((await server.call(undefined, 'POST', path, { answer: '4' })).status).toBe(401);
    expect((await server.call(me, 'POST', path, { answer: 4 })).status).toBe(422);
  });
});

describe('my own account as JSON', () => {
  test('shows enrollments and lessons with what is credited', async () => {
    const { world, me, enrollmentId, first } = await enrolled();
    const session = await openPlayer(server, me, enrollmentId, first!);
    await letPass(client.db, me, 30 * MINUTE);
    await record(server, me, session.id, [beat(1, 0, 590)]);
    const answer = await server.call(me, 'GET', '/api/me');
    const zero = { creditedMs: 0, coveredMs: 0, complete: false };
    const studied = { creditedMs: 590_000, coveredMs: 590_000, complete: true };
    const [a, b, c] = world.course.lessons;
    expect(answer.body).toEqual({
      id: me,
      name: '学员1',
      roles: [{ organizationId: world.organizationId, role: 'learner' }],
      enrollments: [
        {
          id: enrollmentId,
          classId: world.classId,
          className: '柴油机装调一班',
          status: 'enrolled',
          lessons: [
            { id: a!.id, title: '曲轴', kind: 'video', durationMs: 600_000, ...studied },
            { id: b!.id, title: '量具', kind: 'video', durationMs: 300_000, ...zero },
            { id: c!.id, title: '阅读', kind: 'article', durationMs: 0, ...zero },
          ],
        },
      ],
    });
    expect((await server.call(undefined, 'GET', '/api/me')).status).toBe(401);
  });
});
