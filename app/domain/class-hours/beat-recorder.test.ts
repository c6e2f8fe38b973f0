import { sql } from 'kysely';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { makeStudyWorld, type StudyWorld } from '~db/testing-study';
import { createClock } from '~/infra/clock.server';
import { Unavailable } from '../shared/errors';
import type { SentBeat } from './arrival';
import { createBeatRecorder, type BeatRecorder } from './beat-recorder.server';
import { createBeatStore } from './beat-store.server';
import { openWatchSession } from './open-watch-session.server';
import { reconcile } from './reconcile.server';
import { findWatchSession, type WatchSession } from './watch-session.server';

const ZONE = 'Asia/Shanghai';
const HOUR = 3_600_000;

let client: DatabaseClient;
let recorder: BeatRecorder;
beforeAll(async () => {
  client = await openTestDatabase();
  recorder = createBeatRecorder(
    createBeatStore({ db: client.db, clock: createClock(), zone: ZONE }),
  );
});
afterAll(() => client.close());

/** Opens a player of the learner, as if `agoMs` ago. */
async function open(world: StudyWorld, agoMs: number, lesson = 0, learner = 0) {
  const { viewer, enrollmentId } = world.learners[learner]!;
  const wanted = {
    personId: viewer.personId,
    enrollmentId,
    lessonId: world.course.lessons[lesson]!.id,
  };
  const opened = await openWatchSession(client.db, wanted, { zone: ZONE, now: Date.now() });
  await client.db
    .updateTable('watch_session')
    .set({ started_at: Date.now() - agoMs })
    .where('id', '=', opened.id)
    .execute();
  return (await findWatchSession(client.db, opened.id))!;
}

const second = (seq: number, at = seq - 1, media = at): SentBeat => ({
  seq,
  wallFromMs: at * 1_000,
  wallToMs: at * 1_000 + 1_000,
  mediaFromMs: media * 1_000,
  mediaToMs: media * 1_000 + 1_000,
  visible: true,
});

async function totalsOf({ enrollmentId, lessonId }: WatchSession) {
  const total = await client.db
    .selectFrom('lesson_total')
    .select(['credited_ms', 'covered_ms', 'spent_ms', 'coverage', 'complete'])
    .where('enrollment_id', '=', enrollmentId)
    .where('lesson_id', '=', lessonId)
    .executeTakeFirst();
  const days = await client.db
    .selectFrom('lesson_day')
    .select(['day', 'credited_ms', 'spent_ms'])
    .where('enrollment_id', '=', enrollmentId)
    .where('lesson_id', '=', lessonId)
    .orderBy('day')
    .execute();
  return { total, days };
}

/** Beats that tile wall time, each with media of its own: seeks, repeats, halts, and speeds up to 2x. */
const history = fc
  .array(
    fc.record({
      wallMs: fc.integer({ min: 0, max: 20_000 }),
      mediaFromMs: fc.integer({ min: 0, max: 280_000 }),
      speed: fc.constantFrom(0, 0.5, 1, 1, 1, 2),
      gapMs: fc.constantFrom(0, 0, 0, 3_000, 7_200_000),
      visible: fc.constantFrom(true, true, true, false),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((steps) => {
    let wall = 0;
    return steps.map(({ wallMs, mediaFromMs, speed, gapMs, visible }, index): SentBeat => {
      const wallFromMs = wall + gapMs;
      wall = wallFromMs + wallMs;
      const mediaToMs = Math.min(300_000, mediaFromMs + Math.floor(wallMs * speed));
      return { seq: index + 1, wallFromMs, wallToMs: wall, mediaFromMs, mediaToMs, visible };
    });
  });

interface Batch {
  from: number;
  size: number;
}
const batches = fc.array(fc.record({ from: fc.nat(24), size: fc.integer({ min: 1, max: 12 }) }), {
  minLength: 1,
  maxLength: 12,
});

describe('the totals in the database', () => {
  test('do not depend on order, repetition and batching, and are what a recount gives', async () => {
    const world = await makeStudyWorld(client.db, Date.now(), {
      learners: 2,
      lessons: [{ title: '曲轴', durationMs: 300_000 }],
      offlineAllowanceMs: 40 * HOUR,
    });
    const [plain, shuffled] = world.learners;
    const startedAt = Date.now() - 300 * HOUR;
    const property = async (beats: SentBeat[], mess: Batch[], seed: number) => {
      for (const table of [
        'class_day',
        'organization_day',
        'producer_day',
        'learner_month',
        'learner_count',
        'lesson_day',
        'learner_day',
        'lesson_total',
        'session_total',
        'beat',
        'learner_stream',
      ] as const) {
        await client.db.deleteFrom(table).execute();
      }
      await client.db.deleteFrom('refused_beat').execute();
      await client.db.deleteFrom('watch_session').execute();
      const sessions: WatchSession[] = [];
      for (const index of [0, 1]) sessions.push(await open(world, 0, 0, index));
      await client.db.updateTable('watch_session').set({ started_at: startedAt }).execute();
      const [one, two] = sessions.map((session) => ({ ...session, startedAt }));
      await recorder.record({ session: one!, beats });
      const order = [...beats].sort((a, b) => ((a.seq * seed) % 101) - ((b.seq * seed) % 101));
      await Promise.all([
        ...mess.map(({ from, size }) => {
          const some = order.slice(from % order.length, (from % order.length) + size);
          return recorder.record({ session: two!, beats: some });
        }),
        ...order.map((beat) => recorder.record({ session: two!, beats: [beat] })),
      ]);
      const last = await recorder.record({ session: two!, beats: [beats[0]!] });
      expect(last.ackSeq).toBe(beats.length);
      expect(await totalsOf(two!)).toEqual(await totalsOf(one!));
      expect(await reconcile(client.db, ZONE)).toEqual([]);
    };
    expect(plain!.enrollmentId).not.toBe(shuffled!.enrollmentId);
    const seeds = fc.integer({ min: 1, max: 100 });
    await fc.assert(fc.asyncProperty(history, batches, seeds, property), { numRuns: 15 });
  });

  test('stay what a recount gives when players took over from each other and beats come late', async () => {
    const moves = fc.array(
      fc.record({ lesson: fc.nat(1), seconds: fc.integer({ min: 1, max: 90 }), turn: fc.nat(9) }),
      { minLength: 2, maxLength: 7 },
    );
    const caps = fc.option(fc.integer({ min: 1_000, max: 120_000 }), { nil: undefined });
    const property = async (
      plan: { lesson: number; seconds: number; turn: number }[],
      dailyCapMs: number | undefined,
    ) => {
      const world = await makeStudyWorld(client.db, Date.now(), {
        offlineAllowanceMs: 2 * HOUR,
        ...(dailyCapMs !== undefined && { dailyCapMs }),
        lessons: [
          { title: '曲轴', durationMs: 60_000 },
          { title: '量具', durationMs: 60_000 },
        ],
      });
      const posts = [];
      for (const { lesson, seconds, turn } of plan) {
        const { id } = await open(world, 0, lesson);
        const beats = Array.from({ length: seconds }, (_, i) => second(i + 1, i, i % 59));
        posts.push({ id, beats, turn });
      }
      // Each started 30 s after the one before: what its beats say of later moments does not count.
      const startedAt = Date.now() - HOUR;
      const startOf = (index: number) => startedAt + index * 30_000;
      for (const [index, { id }] of posts.entries()) {
        const ended_at = index + 1 < posts.length ? startOf(index + 1) : null;
        const times = { started_at: startOf(index), ended_at };
        await client.db.updateTable('watch_session').set(times).where('id', '=', id).execute();
      }
      for (const { id, beats } of posts.sort((a, b) => a.turn - b.turn)) {
        const session = (await findWatchSession(client.db, id))!;
        await recorder.record({ session, beats });
        expect(await reconcile(client.db, ZONE)).toEqual([]);
      }
      const spent = await client.db
        .selectFrom('lesson_total')
        .select(({ fn }) => fn.sum<number>('spent_ms').as('ms'))
        .where('person_id', '=', world.learners[0]!.viewer.personId)
        .executeTakeFirstOrThrow();
      const whole = plan.map(({ seconds }, index) =>
        index + 1 < plan.length ? Math.min(30, seconds) : seconds,
      );
      expect(spent.ms / 1_000).toBe(whole.reduce((a, b) => a + b, 0));
    };
    await fc.assert(fc.asyncProperty(moves, caps, property), { numRuns: 6 });
  });
});

describe('when the storage fails', () => {
  async function studying() {
    const world = await makeStudyWorld(client.db, Date.now());
    return open(world, 2 * HOUR);
  }

  /** No room on SQLite; on PostgreSQL every connection is cut as soon as it says something. */
  async function breakStorage(): Promise<() => Promise<void>> {
    if (client.engine === 'sqlite') {
      await sql`pragma max_page_count = 1`.execute(client.db);
      return async () => void (await sql`pragma max_page_count = 1073741823`.execute(client.db));
    }
    await sql`create function cut() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`.execute(client.db);
    await sql`create trigger cut before insert on beat for each row execute function cut()`.execute(
      client.db,
    );
    return async () => void (await sql`drop function cut() cascade`.execute(client.db));
  }

  test('beats are refused as unavailable, and none is lost or doubled when it works again', async () => {
    const session = await studying();
    await recorder.record({ session, beats: [second(1)] });
    const repair = await breakStorage();
    // Enough that SQLite needs new pages.
    const beats = Array.from({ length: 200 }, (_, i) => second(i + 2, i + 1, i % 500));
    const attempts = await Promise.allSettled(
      Array.from({ length: 5 }, () => recorder.record({ session, beats })),
    );
    for (const attempt of attempts) {
      expect(attempt.status).toBe('rejected');
      if (attempt.status === 'rejected') expect(attempt.reason).toBeInstanceOf(Unavailable);
    }
    await repair();
    const answer = await recorder.record({ session, beats });
    expect(answer).toMatchObject({ ackSeq: 201, spentMs: 201_000, refusals: [] });
    const stored = await client.db
      .selectFrom('beat')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('session_id', '=', session.id)
      .executeTakeFirstOrThrow();
    expect(stored.n).toBe(201);
    expect(await reconcile(client.db, ZONE)).toEqual([]);
  });

  test('one request that cannot be stored does not take those with it that came together', async () => {
    const good = await studying();
    const bad = { ...(await studying()), id: 'gone' };
    const [stored, refused] = await Promise.allSettled([
      recorder.record({ session: good, beats: [second(1)] }),
      recorder.record({ session: bad, beats: [second(1)] }),
    ]);
    expect(refused.status).toBe('rejected');
    expect(stored).toMatchObject({ status: 'fulfilled', value: { ackSeq: 1, creditedMs: 1_000 } });
  });
});
