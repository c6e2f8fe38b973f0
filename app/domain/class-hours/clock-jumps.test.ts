import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { makeStudyWorld } from '~db/testing-study';
import { createClock, type Clock, type Timers } from '~/infra/clock.server';
import type { SentBeat } from './arrival';
import { createBeatRecorder, type BeatRecorder } from './beat-recorder.server';
import { createBeatStore } from './beat-store.server';
import { openWatchSession } from './open-watch-session.server';
import { reconcile } from './reconcile.server';
import { findWatchSession, type WatchSession } from './watch-session.server';

const ZONE = 'Asia/Shanghai';
const TWO_DAYS = 172_800_000;
const BEAT_MS = 12_000;

let template: DatabaseClient;
let client: DatabaseClient;
beforeAll(async () => {
  template = await openTestDatabase();
  client = template.engine === 'sqlite' ? template : await withClockToSet(template);
});
afterAll(async () => {
  if (client !== template) await client.close();
  await template.close();
});

/** The same PostgreSQL database by connections whose clock_timestamp() is ahead by what a table says. */
async function withClockToSet({ db }: DatabaseClient): Promise<DatabaseClient> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
  const { name } = rows[0]!;
  for (const statement of [
    'create schema jump',
    'create table jump.ahead (ms bigint not null)',
    'insert into jump.ahead values (0)',
    `create function jump.clock_timestamp() returns timestamptz language sql volatile as
       'select pg_catalog.clock_timestamp() + (select ms from jump.ahead) * interval ''1 millisecond'''`,
    `alter database ${name} set search_path = jump, pg_catalog, public`,
  ]) {
    await sql.raw(statement).execute(db);
  }
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = `/${name}`;
  return openDatabase(url.toString());
}

// The wall clock and what really passed, in ms beside the machine's.
let wallAhead = 0;
let passed = 0;
const timers: Timers = {
  wall: () => Date.now() + wallAhead,
  monotonic: () => performance.now() + passed,
};

/** Sets the wall clock: the database's on PostgreSQL, the machine's on SQLite, without any time passing. */
async function jump(ms: number): Promise<void> {
  wallAhead += ms;
  if (client.engine === 'postgres') {
    await sql`update jump.ahead set ms = ${wallAhead}`.execute(client.db);
  }
}

/** Time really passes, by all clocks. */
async function pass(ms: number): Promise<void> {
  passed += ms;
  await jump(ms);
}

let clock: Clock;
let recorder: BeatRecorder;

/** A server process starts, on what is stored. */
async function start(): Promise<void> {
  const { at } = await client.db
    .selectFrom('learner_stream')
    .select(({ fn }) => fn.max<number | null>('last_at').as('at'))
    .executeTakeFirstOrThrow();
  clock = createClock(at ?? 0, timers);
  recorder = createBeatRecorder(createBeatStore({ db: client.db, clock, zone: ZONE }));
}

beforeEach(async () => {
  await client.db.updateTable('learner_stream').set({ last_at: 0 }).execute();
  wallAhead = 0;
  passed = 0;
  await jump(0);
  await start();
});

/** A learner at a lesson of ten minutes, who plays on and on. */
async function makeLearner() {
  const world = await makeStudyWorld(client.db, Date.now());
  const { viewer, enrollmentId } = world.learners[0]!;
  const wanted = {
    personId: viewer.personId,
    enrollmentId,
    lessonId: world.course.lessons[0]!.id,
  };
  let session: WatchSession;
  let seq = 0;
  let media = 0;
  return {
    wanted,
    async open() {
      const { id, startedAt } = await openWatchSession(client.db, wanted, {
        zone: ZONE,
        now: clock.now(),
      });
      clock.reach?.(startedAt);
      session = (await findWatchSession(client.db, id))!;
      seq = 0;
    },
    /** Twelve seconds of the lesson, which the server is told of as they end. */
    async play() {
      await pass(BEAT_MS);
      const wall = { wallFromMs: seq * BEAT_MS, wallToMs: (seq + 1) * BEAT_MS };
      const beat: SentBeat = {
        seq: seq + 1,
        ...wall,
        mediaFromMs: media,
        mediaToMs: media + BEAT_MS,
        visible: true,
      };
      seq += 1;
      media += BEAT_MS;
      const answer = await recorder.record({ session, beats: [beat] });
      expect(answer).toMatchObject({ creditedMs: media, spentMs: media, refusals: [] });
    },
  };
}

async function expectTimeRanOn(personId: string): Promise<void> {
  const sessions = await client.db
    .selectFrom('watch_session')
    .select(['id', 'started_at', 'ended_at'])
    .where('person_id', '=', personId)
    .orderBy('number')
    .execute();
  const moments: number[] = [];
  for (const { id, started_at } of sessions) {
    const beats = await client.db
      .selectFrom('beat')
      .select('arrived_at')
      .where('session_id', '=', id)
      .orderBy('seq')
      .execute();
    moments.push(started_at, ...beats.map(({ arrived_at }) => arrived_at));
  }
  expect(moments).toEqual([...moments].sort((a, b) => a - b));
  expect(await reconcile(client.db, ZONE)).toEqual([]);
}

describe('a learner who studies while the server’s clock is set', () => {
  test('back by two days, and the server is started anew, is credited all they played and no more', async () => {
    const learner = await makeLearner();
    await learner.open();
    await learner.play();
    await jump(-TWO_DAYS);
    await learner.play();
    await learner.play();
    await start();
    await learner.play();
    await learner.open();
    await learner.play();
    await expectTimeRanOn(learner.wanted.personId);
  });

  test('two days ahead and back again is credited all they played, in the old player and in a new one', async () => {
    const learner = await makeLearner();
    await learner.open();
    await learner.play();
    await jump(TWO_DAYS);
    await learner.play();
    await jump(-TWO_DAYS);
    await learner.play();
    await learner.open();
    await learner.play();
    await learner.play();
    await start();
    await learner.play();
    await expectTimeRanOn(learner.wanted.personId);
  });

  test('ahead while they were away goes on as soon as they open a player', async () => {
    const learner = await makeLearner();
    const other = await makeLearner();
    await learner.open();
    await learner.play();
    await jump(TWO_DAYS);
    await other.open();
    await other.play();
    await jump(-TWO_DAYS);
    await start();
    await learner.open();
    await learner.play();
    await other.play();
    await expectTimeRanOn(learner.wanted.personId);
  });
});
