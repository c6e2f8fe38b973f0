import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { makeStudyWorld, type StudyWorld } from '~db/testing-study';
import { createClock } from '~/infra/clock.server';
import { changeStatus } from '../classes/change-status.server';
import type { SentBeat } from './arrival';
import { createBeatRecorder, type BeatRecorder } from './beat-recorder.server';
import { createBeatStore } from './beat-store.server';
import { openWatchSession } from './open-watch-session.server';
import { dayAt } from './platform-day';
import { reconcile } from './reconcile.server';
import { reachOf } from './session-reach.server';
import { findWatchSession, type WatchSession } from './watch-session.server';

const ZONE = 'Asia/Shanghai';

let client: DatabaseClient;
let processes: [BeatRecorder, BeatRecorder];
beforeAll(async () => {
  client = await openTestDatabase();
  const create = () =>
    createBeatRecorder(createBeatStore({ db: client.db, clock: createClock(), zone: ZONE }));
  processes = [create(), create()];
});
afterAll(() => client.close());

async function open(world: StudyWorld, lesson: number, agoMs = 600_000): Promise<WatchSession> {
  const { viewer, enrollmentId } = world.learners[0]!;
  const { personId } = viewer;
  const lessonId = world.course.lessons[lesson]!.id;
  const wanted = { personId, enrollmentId, lessonId };
  const { id } = await openWatchSession(client.db, wanted, { zone: ZONE, now: Date.now() });
  await client.db
    .updateTable('watch_session')
    .set({ started_at: Date.now() - agoMs })
    .where('id', '=', id)
    .execute();
  return (await findWatchSession(client.db, id))!;
}

const second = (seq: number): SentBeat => ({
  seq,
  wallFromMs: (seq - 1) * 1_000,
  wallToMs: seq * 1_000,
  mediaFromMs: (seq - 1) * 1_000,
  mediaToMs: seq * 1_000,
  visible: true,
});

const newWorld = (lessons: number) =>
  makeStudyWorld(client.db, Date.now(), {
    learners: 1,
    lessons: Array.from({ length: lessons }, (_, n) => ({ title: `${n}`, durationMs: 300_000 })),
    offlineAllowanceMs: 24 * 3_600_000,
  });

test('beats that reach two server processes in turn come to the same totals as through one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(0, 1), { minLength: 2, maxLength: 12 }),
      async (turns) => {
        const session = await open(await newWorld(1), 0);
        for (const [index, turn] of turns.entries()) {
          const post = { session, beats: [second(index + 1)] };
          const answer = await processes[turn].record(post);
          const ms = (index + 1) * 1_000;
          expect(answer).toMatchObject({ ackSeq: index + 1, creditedMs: ms, spentMs: ms });
          // Shortly after midnight the session began yesterday.
          const { fromAt } = dayAt(Date.now(), ZONE);
          const today = session.startedAt + ms - Math.max(session.startedAt, fromAt);
          expect(answer.creditedTodayMs).toBe(Math.max(0, today));
        }
        expect(await reconcile(client.db, ZONE)).toEqual([]);
      },
    ),
    { numRuns: 15 },
  );
});

test('beats that come late and lie on several days add to the days they lie on', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 8 }),
      fc.array(fc.constantFrom(0, 1), { minLength: 8, maxLength: 8 }),
      async (hours, turns) => {
        const session = await open(await newWorld(1), 0, 22 * 3_600_000);
        let wall = 0;
        for (const [index, gap] of hours.entries()) {
          const from = wall;
          wall = Math.min(from + gap * 3_600_000, 22 * 3_600_000);
          const beat = { ...second(index + 1), wallFromMs: from, wallToMs: wall };
          await processes[turns[index] ?? 0].record({ session, beats: [beat] });
        }
        expect(await reconcile(client.db, ZONE)).toEqual([]);
      },
    ),
    { numRuns: 8 },
  );
});

test('beats that are sent while those before are being committed count once, and their repetitions not again', async () => {
  const [recorder, other] = processes;
  const session = await open(await newWorld(1), 0);
  const answers: Promise<{ ackSeq: number }>[] = [];
  for (let seq = 1; seq <= 60; seq += 1) {
    const through = seq % 10 === 0 ? other : recorder;
    answers.push(through.record({ session, beats: [second(seq)] }));
    // Goes off with the next group or the one after.
    for (let turn = 0; turn < seq % 4; turn += 1) await new Promise((done) => setImmediate(done));
    answers.push(recorder.record({ session, beats: [second(seq)] }));
    if (seq % 10 === 0) await Promise.all(answers);
  }
  for (const answer of await Promise.all(answers)) expect(answer.ackSeq).toBeGreaterThan(0);
  const last = await recorder.record({ session, beats: [second(60)] });
  expect(last).toMatchObject({ ackSeq: 60, creditedMs: 60_000, spentMs: 60_000 });
  expect(await reconcile(client.db, ZONE)).toEqual([]);
});

test('a player opened meanwhile takes over from one whose beats were just stored', async () => {
  const [recorder] = processes;
  const world = await newWorld(2);
  const first = await open(world, 0);
  await recorder.record({ session: first, beats: [second(1)] });
  await open(world, 1);
  const answer = await recorder.record({ session: first, beats: [second(2)] });
  expect(answer.state).toBe('taken-over');
});

test('how far a session reaches is kept while another one plays, in whatever process', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(0, 1), fc.constantFrom(0, 1)), {
        minLength: 4,
        maxLength: 16,
      }),
      async (turns) => {
        const world = await newWorld(2);
        const sessions = [await open(world, 0), await open(world, 1, 300_000)] as const;
        await client.db
          .updateTable('watch_session')
          .set({ ended_at: sessions[1].startedAt })
          .where('id', '=', sessions[0].id)
          .execute();
        const sent = [0, 0];
        for (const [which, process] of turns) {
          const session = sessions[which];
          sent[which]! += 1;
          const post = { session, beats: [second(sent[which]!)] };
          expect(await processes[process].record(post)).toMatchObject({ ackSeq: sent[which] });
        }
        const stored = await client.db
          .selectFrom('watch_session')
          .leftJoin('session_total', 'session_total.session_id', 'watch_session.id')
          .leftJoin('learner_stream', 'learner_stream.playing_session_id', 'watch_session.id')
          .where('watch_session.person_id', '=', sessions[0].personId)
          .orderBy('watch_session.number')
          .select([reachOf('last_seq').as('lastSeq'), reachOf('wall_to_ms').as('wallToMs')])
          .execute();
        expect(stored.map(({ lastSeq }) => lastSeq ?? 0)).toEqual(sent);
        expect(stored.map(({ wallToMs }) => wallToMs ?? 0)).toEqual(sent.map((n) => n * 1_000));
      },
    ),
    { numRuns: 15 },
  );
});

test('a learner withdrawn meanwhile is credited nothing more', async () => {
  const [recorder] = processes;
  const world = await newWorld(1);
  const session = await open(world, 0);
  await recorder.record({ session, beats: [second(1)] });
  const { viewer, enrollmentId } = world.learners[0]!;
  await client.db.transaction().execute(async (trx) => {
    await changeStatus(trx, {
      enrollmentId,
      organizationId: world.organizationId,
      status: 'withdrawn',
      action: 'withdraw-learner',
      byPersonId: viewer.personId,
      now: Date.now(),
    });
  });
  const answer = await recorder.record({ session, beats: [second(2)] });
  expect(answer.state).toBe('closed');
});

test('beats whose transaction failed leave nothing behind in memory', async () => {
  const [recorder] = processes;
  const session = await open(await newWorld(1), 0);
  await recorder.record({ session, beats: [second(1)] });
  // Not a whole number: the database refuses the beat after the learner's day was read.
  const broken = { ...second(2), mediaToMs: 2_000.5, mediaFromMs: 3_000 };
  await expect(recorder.record({ session, beats: [broken] })).rejects.toThrow();
  const answer = await recorder.record({ session, beats: [second(2)] });
  expect(answer).toMatchObject({ ackSeq: 2, creditedMs: 2_000, spentMs: 2_000 });
  expect(await reconcile(client.db, ZONE)).toEqual([]);
});

test('a watch session does not go from under its beats', async () => {
  const session = await open(await newWorld(1), 0);
  await processes[0].record({ session, beats: [second(1)] });
  const named = client.db.deleteFrom('watch_session').where('id', '=', session.id);
  await client.db.deleteFrom('session_total').where('session_id', '=', session.id).execute();
  await expect(named.execute()).rejects.toThrow();
  await expect(
    client.db
      .updateTable('watch_session')
      .set({ id: 'another' })
      .where('id', '=', session.id)
      .execute(),
  ).rejects.toThrow();
});

test('a class that is made to end earlier meanwhile lets the next beat count no more', async () => {
  const [recorder] = processes;
  const world = await newWorld(1);
  const session = await open(world, 0);
  for (const seq of [1, 2]) await recorder.record({ session, beats: [second(seq)] });
  // Nothing of the learner changes, as when their days are still to be counted anew; so this test is the last one.
  await client.db
    .updateTable('training_class')
    .set({ ends_on: dayAt(Date.now() - 2 * 86_400_000, ZONE).day })
    .where('id', '=', world.classId)
    .execute();
  const answer = await recorder.record({ session, beats: [second(3)] });
  expect(answer).toMatchObject({ ackSeq: 3, state: 'closed', creditedMs: 2_000 });
});
