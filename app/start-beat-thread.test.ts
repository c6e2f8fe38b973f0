import SQLite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { makeStudyWorld } from '~db/testing-study';
import type { SentBeat } from './domain/class-hours/arrival';
import { createBeatRecorder, type BeatRecorder } from './domain/class-hours/beat-recorder.server';
import { lockLearners } from './domain/class-hours/lock-learners.server';
import { openWatchSession } from './domain/class-hours/open-watch-session.server';
import { reconcile } from './domain/class-hours/reconcile.server';
import { findWatchSession, type WatchSession } from './domain/class-hours/watch-session.server';
import { Unavailable } from './domain/shared/errors';
import { createDrivenClock } from './infra/clock.server';
import { openFlushedBeatStore } from './flushed-beat-store';
import { openBeatStore } from './open-beat-store';
import { startBeatThread } from './start-beat-thread';

const ZONE = 'Asia/Shanghai';
const HOUR = 3_600_000;
const LEARNERS = 8;

let client: DatabaseClient;
const clock = createDrivenClock();
const losses: string[] = [];
const given = { clock, zone: ZONE, lost: (error: Error) => void losses.push(error.message) };
const opened: BeatRecorder[] = [];

beforeAll(async () => {
  client = await openTestDatabase({ clockDriven: true });
});
afterAll(async () => {
  for (const recorder of opened) await recorder.close();
  await client.close();
});

function openRecorder(): BeatRecorder {
  const recorder = createBeatRecorder(openBeatStore(client, given));
  opened.push(recorder);
  return recorder;
}

/** Learners of one class, each with a player open for a day. */
async function study(): Promise<WatchSession[]> {
  const world = await makeStudyWorld(client.db, clock.now(), {
    learners: LEARNERS,
    lessons: [{ title: '曲轴', durationMs: 2_700_000 }],
    offlineAllowanceMs: 48 * HOUR,
  });
  const sessions: WatchSession[] = [];
  for (const { viewer, enrollmentId } of world.learners) {
    const { personId } = viewer;
    const wanted = { personId, enrollmentId, lessonId: world.course.lessons[0]!.id };
    const { id } = await openWatchSession(client.db, wanted, { zone: ZONE, now: clock.now() });
    sessions.push((await findWatchSession(client.db, id))!);
  }
  clock.advance(HOUR);
  return sessions;
}

const second = (seq: number): SentBeat => ({
  seq,
  wallFromMs: (seq - 1) * 1_000,
  wallToMs: seq * 1_000,
  mediaFromMs: (seq - 1) * 1_000,
  mediaToMs: seq * 1_000,
  visible: true,
});

async function storedSeqs({ id }: WatchSession): Promise<number[]> {
  const beats = await client.db
    .selectFrom('beat')
    .select('seq')
    .where('session_id', '=', id)
    .orderBy('seq')
    .execute();
  return beats.map(({ seq }) => seq);
}

const seqs = (to: number) => Array.from({ length: to }, (_, index) => index + 1);

test('a beat is stored at the moment of the serving clock', async () => {
  const recorder = openRecorder();
  const [session] = await study();
  const at = clock.advance(5_000);
  const answer = await recorder.record({ session: session!, beats: [second(1)] });
  expect(answer).toMatchObject({ ackSeq: 1, creditedMs: 1_000, state: 'open' });
  const beat = await client.db
    .selectFrom('beat')
    .select('arrived_at')
    .where('session_id', '=', session!.id)
    .executeTakeFirstOrThrow();
  expect(beat.arrived_at).toBe(at);
});

test('while learners study, transactions that read first and write then all go through, in turn', async () => {
  const recorder = openRecorder();
  const sessions = await study();
  const { personId } = sessions[0]!;
  let studying = true;
  let writes = 0;
  const studies = sessions.map(async (session) => {
    for (const seq of seqs(40)) await recorder.record({ session, beats: [second(seq)] });
  });
  const write = async () => {
    while (studying) {
      await client.db.transaction().execute(async (trx) => {
        await trx.selectFrom('person').select('id').where('id', '=', personId).execute();
        // As an opening, an answered check or a decision does: the recorder's memory of the learner is out of date.
        await lockLearners(trx, [personId], clock.now());
        writes += 1;
      });
      await client.db
        .updateTable('person')
        .set({ name: `${writes}` })
        .where('id', '=', personId)
        .execute();
      // Requests come between two others.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const writing = [write(), write()];
  await Promise.all(studies);
  studying = false;
  await Promise.all(writing);
  expect(writes).toBeGreaterThan(10);
  for (const session of sessions) expect(await storedSeqs(session)).toEqual(seqs(40));
  expect(await reconcile(client.db, ZONE)).toEqual([]);
}, 60_000);

interface Fault {
  recorder: BeatRecorder;
  /** Answers when it may work again, at the latest once `felt` says so. */
  strike: (felt: () => boolean) => Promise<unknown>;
}

/** Ways to lose what stores, in the middle of it. */
function faults(): Fault[] {
  const { file, turns, url, clockDriven } = client;
  const ofFile = file !== undefined && turns && openFlushedBeatStore({ file, turns, ...given });
  const thread = ofFile || startBeatThread({ opening: () => ({ url, clockDriven }), ...given });
  const recorder = createBeatRecorder(thread);
  opened.push(recorder);
  // One that waits for its next group is not missed, nor is a connection that is cut between two transactions.
  const until = (strike: () => Promise<unknown>) => async (felt: () => boolean) => {
    while (!felt()) {
      await strike().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const end = { recorder, strike: until(() => thread.terminate()) };
  if (!ofFile) {
    const cut = sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    return [end, { recorder, strike: until(() => cut.execute(client.db)) }];
  }
  const hold = async () => {
    const other = new SQLite(file, { timeout: 5_000 });
    other.exec('begin immediate');
    // Longer than anybody waits for the lock.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    other.close();
  };
  // As on a disk that fails while it is waited for: a file that is closed cannot be flushed.
  const breakLog = async () => (await ofFile.log['opened'])?.close();
  return [end, { recorder, strike: hold }, { recorder, strike: breakLog }];
}

test('when what stores is lost or held up, beats are refused as unavailable, none is lost or doubled, and it goes on by itself', async () => {
  for (const { recorder, strike } of faults()) {
    const sessions = await study();
    let refused = 0;
    let struck: Promise<unknown> | undefined;
    let over = false;
    const watch = async (session: WatchSession) => {
      for (let seq = 1; seq <= 60;) {
        try {
          const answer = await recorder.record({ session, beats: [second(seq)] });
          expect(answer.ackSeq).toBe(seq);
          if (seq === 30) struck ??= strike(() => over || refused > 0);
          seq += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(Unavailable);
          refused += 1;
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      }
    };
    await Promise.all(sessions.map(watch));
    over = true;
    await struck;
    expect(refused).toBeGreaterThan(0);
    for (const session of sessions) expect(await storedSeqs(session)).toEqual(seqs(60));
  }
  expect(losses.length).toBeGreaterThanOrEqual(client.file === undefined ? 1 : 2);
  expect(await reconcile(client.db, ZONE)).toEqual([]);
}, 60_000);
