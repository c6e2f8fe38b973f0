import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { makeClass, makeCredit, makeEnrollment, makePerson } from '~db/testing-cast';
import { makeStudyWorld, type StudyWorld } from '~db/testing-study';
import { openTestDatabase } from '~db/testing.server';
import { DEFAULT_ZONE } from '../class-hours/platform-day';
import type { Beat } from '../class-hours/rule-set';
import { insertBeats } from '../class-hours/stored-beats.server';
import { rememberServing } from '../media/remember-serving.server';
import { newId } from '../shared/new-id.server';
import { exportClassSignals } from './export-class-signals.server';
import { countClassSignals, listClassSignals } from './list-class-signals.server';
import { noteSignal } from './note-signal.server';
import { refreshSignals } from './refresh-signals.server';
import type { SignalKind } from './signal';
import { getSignalStanding } from './signal-standing.server';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** 2026-11-20 00:00 in Shanghai. */
const MIDNIGHT = Date.parse('2026-11-19T16:00:00Z');
const NOON = MIDNIGHT + 12 * HOUR;
const DAY = '2026-11-20';
const at = { zone: DEFAULT_ZONE, now: MIDNIGHT + 48 * HOUR };
const open = { kind: '', show: 'open', page: 1 } as const;
const everything = { ...open, show: 'all' } as const;

let client: DatabaseClient;
let world: StudyWorld;
let lessonId: string;
let mediaId: string;
/** Each story has a learner of its own. */
let next = 0;

beforeAll(async () => {
  client = await openTestDatabase();
  world = await makeStudyWorld(client.db, at.now, { learners: 30 });
  lessonId = world.course.lessons[0]!.id;
  const media = await client.db
    .selectFrom('lesson')
    .select('media_id')
    .where('id', '=', lessonId)
    .executeTakeFirstOrThrow();
  mediaId = media.media_id ?? '';
});
afterAll(() => client.close());

interface Learner {
  personId: string;
  enrollmentId: string;
}

function newLearner(): Learner {
  const { viewer, enrollmentId } = world.learners[next++]!;
  return { personId: viewer.personId, enrollmentId };
}

interface Told {
  fromAt: number;
  minutes: number;
  deviceHash?: string;
  servingKnown?: boolean;
  endedAt?: number;
  /** Beats and arrivals all alike. */
  even?: boolean;
  lessonId?: string;
}

/** A learner's session with its beats, as they would be stored. Answers its id. */
async function study(learner: Learner, told: Told): Promise<string> {
  const { db } = client;
  const id = newId();
  const stream = await db
    .selectFrom('learner_stream')
    .select('last_number')
    .where('person_id', '=', learner.personId)
    .executeTakeFirst();
  const number = (stream?.last_number ?? 0) + 1;
  const lastAt = told.fromAt + told.minutes * MINUTE;
  const moved = { last_number: number, last_at: lastAt };
  await db
    .insertInto('learner_stream')
    .values({
      person_id: learner.personId,
      ...moved,
      folded_to_at: 0,
      presence_spent_ms: 0,
      presence_base_ms: 0,
      presence_draw: 0,
      open_check_at: null,
      last_check_passed_at: null,
    })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(moved))
    .execute();
  await db
    .insertInto('watch_session')
    .values({
      id,
      person_id: learner.personId,
      enrollment_id: learner.enrollmentId,
      lesson_id: told.lessonId ?? lessonId,
      media_id: mediaId,
      duration_ms: 4 * HOUR,
      number,
      started_at: told.fromAt,
      ended_at: told.endedAt ?? null,
      device_hash: told.deviceHash ?? null,
      serving_known: told.servingKnown ? 1 : 0,
    })
    .execute();
  const beats: Beat[] = [];
  for (let seq = 1; seq * 12 * SECOND <= told.minutes * MINUTE; seq += 1) {
    const wander = (of: number) => (told.even ? 0 : (of * 37) % 90);
    const wallToMs = seq * 12 * SECOND;
    const arrivedAt = told.fromAt + wallToMs + 80 + wander(seq);
    const wallFromMs = wallToMs - 12 * SECOND;
    const mediaFromMs = wallFromMs + wander(seq - 1);
    const mediaToMs = wallToMs + wander(seq);
    beats.push({ seq, wallFromMs, wallToMs, mediaFromMs, mediaToMs, visible: true, arrivedAt });
  }
  await db.transaction().execute((trx) =>
    insertBeats(
      trx,
      beats.map((beat) => ({ sessionId: id, beat })),
    ),
  );
  return id;
}

/** The kinds raised for a learner once everything is looked through. */
async function raised(learner: Learner): Promise<SignalKind[]> {
  await refreshSignals(client.db, { limit: 100 }, at);
  return (await signalsOf(learner)).map(({ evidence }) => evidence.kind);
}

async function signalsOf(learner: Learner, filter: typeof open | typeof everything = open) {
  const wanted = { classId: world.classId, filter, limit: 500, offset: 0 };
  const all = await listClassSignals(client.db, world.manager, wanted);
  return all.filter((one) => one.enrollmentId === learner.enrollmentId);
}

describe('one device, two accounts', () => {
  test('are shown for both when they study at once', async () => {
    const [first, second] = [newLearner(), newLearner()];
    await study(first, { fromAt: NOON, minutes: 30, deviceHash: 'desk' });
    await study(second, { fromAt: NOON + 10 * MINUTE, minutes: 30, deviceHash: 'desk' });
    expect(await raised(first)).toEqual(['shared-device']);
    const [mine] = await signalsOf(first);
    const [theirs] = await signalsOf(second);
    expect(mine).toMatchObject({ day: DAY, measure: 1, evidence: { overlapping: 1, count: 1 } });
    expect(mine?.otherName).toBe(theirs?.name);
    expect(theirs?.otherName).toBe(mine?.name);
    expect(JSON.stringify([mine, theirs])).not.toContain('desk');
  });

  test('are shown for the one who was looked through before the other came', async () => {
    const [first, second] = [newLearner(), newLearner()];
    await study(first, { fromAt: NOON, minutes: 30, deviceHash: 'tablet' });
    expect(await raised(first)).toEqual([]);
    await study(second, { fromAt: NOON + 32 * MINUTE, minutes: 30, deviceHash: 'tablet' });
    expect(await raised(first)).toEqual(['shared-device']);
    expect((await signalsOf(first))[0]).toMatchObject({ evidence: { overlapping: 0 } });
  });

  test('are not, where people take turns at the classroom’s computer', async () => {
    const [first, second] = [newLearner(), newLearner()];
    await study(first, { fromAt: NOON, minutes: 30, deviceHash: 'classroom' });
    await study(second, { fromAt: NOON + 45 * MINUTE, minutes: 30, deviceHash: 'classroom' });
    expect([...(await raised(first)), ...(await signalsOf(second))]).toEqual([]);
  });

  test('a name from outside what the manager manages is not told', async () => {
    const learner = newLearner();
    const stranger = await makePerson(client.db, { name: '外单位的人' });
    const elsewhere = await makePerson(client.db, { name: '外单位的经理' });
    const organizationId = newId();
    await client.db
      .insertInto('organization')
      .values({
        id: organizationId,
        kind: 'enterprise',
        name: '外单位',
        mark: '外',
        short_code: organizationId.slice(-12),
        created_at: 0,
      })
      .execute();
    const classId = await makeClass(client.db, {
      title: '外单位的班',
      organizationId,
      createdBy: elsewhere.personId,
      courses: [world.course],
    });
    const enrollmentId = await makeEnrollment(client.db, { classId, personId: stranger.personId });
    await study(learner, { fromAt: NOON, minutes: 20, deviceHash: 'home' });
    await study(
      { personId: stranger.personId, enrollmentId },
      { fromAt: NOON, minutes: 20, deviceHash: 'home' },
    );
    expect(await raised(learner)).toEqual(['shared-device']);
    const [told] = await signalsOf(learner);
    expect(told?.otherName).toBeUndefined();
    expect(JSON.stringify(told)).not.toContain(stranger.personId);
  });
});

describe('a video that was never sent', () => {
  test('is shown where servings are known, and not for older sessions', async () => {
    const [script, old] = [newLearner(), newLearner()];
    await study(script, { fromAt: NOON, minutes: 10, servingKnown: true });
    await study(old, { fromAt: NOON, minutes: 10 });
    expect(await raised(script)).toEqual(['unserved-video']);
    expect(await signalsOf(old)).toEqual([]);
  });

  test('is not, for who was sent any video of the lesson', async () => {
    const learner = newLearner();
    const serving = { personId: learner.personId, mediaId, now: NOON };
    await rememberServing(client.db, serving);
    await rememberServing(client.db, { ...serving, now: NOON + HOUR });
    await study(learner, { fromAt: NOON, minutes: 10, servingKnown: true });
    expect(await raised(learner)).toEqual([]);
    const { servedSince } = await getSignalStanding(client.db, world.classId);
    expect(servedSince).toBe(NOON);
  });
});

describe('beats without variance', () => {
  test('are shown for a script, and not for a player', async () => {
    const [script, person] = [newLearner(), newLearner()];
    await study(script, { fromAt: NOON, minutes: 20, even: true });
    await study(person, { fromAt: NOON, minutes: 45 });
    expect(await raised(script)).toEqual(['even-beats']);
    expect((await signalsOf(script))[0]).toMatchObject({
      measure: 100,
      evidence: { beats: 100, lengthMs: 12_000, fromAt: NOON, toAt: NOON + 20 * MINUTE },
    });
    expect(await signalsOf(person)).toEqual([]);
  });

  test('a session is read once, and again only when beats came to it', async () => {
    const learner = newLearner();
    const sessionId = await study(learner, { fromAt: NOON, minutes: 5 });
    const { db } = client;
    const total = { ack_seq: 25, last_seq: 25, wall_to_ms: 5 * MINUTE, in_touch: '[[1,2]]' };
    await db
      .insertInto('session_total')
      .values({ session_id: sessionId, ...total })
      .execute();
    const seen = async () => {
      await refreshSignals(db, { limit: 100 }, { ...at, now: at.now });
      return db
        .selectFrom('session_trait')
        .select(['seen', 'wall_to_ms'])
        .where('session_id', '=', sessionId)
        .executeTakeFirstOrThrow();
    };
    expect((await seen()).wall_to_ms).toBe(5 * MINUTE);
    // What is already read stays as it was read, until the session's total moves.
    await db.updateTable('session_trait').set({ wall_to_ms: 7 }).execute();
    const touch = (lastAt: number) =>
      db
        .updateTable('learner_stream')
        .set({ last_at: lastAt })
        .where('person_id', '=', learner.personId)
        .execute();
    await touch(NOON + HOUR);
    expect((await seen()).wall_to_ms).toBe(7);
    await db
      .updateTable('session_total')
      .set({ in_touch: '[[1,3]]' })
      .where('session_id', '=', sessionId)
      .execute();
    await touch(NOON + 2 * HOUR);
    expect((await seen()).wall_to_ms).toBe(5 * MINUTE);
  });
});

describe('presence checks', () => {
  async function answer(learner: Learner, took: number[], right: boolean[]): Promise<void> {
    const { db } = client;
    const sessionId = await study(learner, { fromAt: NOON, minutes: 20 });
    const checkId = newId();
    await db
      .insertInto('presence_check')
      .values({
        id: checkId,
        person_id: learner.personId,
        session_id: sessionId,
        asked_at: NOON,
        passed_at: null,
      })
      .execute();
    for (const [index, tookMs] of took.entries()) {
      const askedAt = NOON + index * MINUTE;
      await db
        .insertInto('presence_question')
        .values({
          id: newId(),
          check_id: checkId,
          number: index + 1,
          asked_at: askedAt,
          question: 'q',
          options: '["a","b"]',
          right_option: 'a',
          answered_at: askedAt + tookMs,
          answer: right[index] ? 'a' : 'b',
          answered_in: sessionId,
        })
        .execute();
    }
  }

  test('answered within a second are shown, and read first are not', async () => {
    const [quick, person] = [newLearner(), newLearner()];
    await answer(quick, [400], [true]);
    await answer(person, [3_200, 300], [false, true]);
    expect(await raised(quick)).toEqual(['quick-answers']);
    expect(await signalsOf(person)).toEqual([]);
  });

  test('answered wrongly three times in a row are shown, twice are not', async () => {
    const [guesses, person] = [newLearner(), newLearner()];
    await answer(guesses, [3_000, 3_000, 3_000], [false, false, false]);
    await answer(person, [3_000, 3_000, 3_000], [false, false, true]);
    expect(await raised(guesses)).toEqual(['wrong-answers']);
    expect(await signalsOf(person)).toEqual([]);
  });
});

describe('long days and nights', () => {
  async function spend(learner: Learner, spentMs: number): Promise<void> {
    await study(learner, { fromAt: NOON, minutes: 1 });
    await client.db
      .insertInto('learner_day')
      .values({
        person_id: learner.personId,
        day: DAY,
        credited_ms: 0,
        spent_ms: spentMs,
        presence_ms: 0,
      })
      .execute();
    await client.db
      .insertInto('lesson_day')
      .values({
        enrollment_id: learner.enrollmentId,
        lesson_id: lessonId,
        day: DAY,
        credited_ms: 0,
        spent_ms: HOUR,
      })
      .execute();
  }

  test('over six hours in one day are shown, six are not', async () => {
    const [long, full] = [newLearner(), newLearner()];
    await spend(long, 6 * HOUR + 1);
    await spend(full, 6 * HOUR);
    expect(await raised(long)).toEqual(['long-day']);
    expect((await signalsOf(long))[0]).toMatchObject({ day: DAY, evidence: { hereMs: HOUR } });
    expect(await signalsOf(full)).toEqual([]);
  });

  test('half an hour after midnight is shown, a lesson finished late is not', async () => {
    const [night, late] = [newLearner(), newLearner()];
    await study(night, { fromAt: MIDNIGHT + HOUR, minutes: 15, endedAt: MIDNIGHT + 2 * HOUR });
    await study(night, { fromAt: MIDNIGHT + 2 * HOUR, minutes: 20 });
    await study(late, { fromAt: MIDNIGHT - 20 * MINUTE, minutes: 45 });
    expect(await raised(night)).toEqual(['night-study']);
    expect((await signalsOf(night))[0]).toMatchObject({ day: DAY, measure: 35 * MINUTE });
    expect(await signalsOf(late)).toEqual([]);
  });
});

describe('a lesson in two classes', () => {
  test('is shown where both credit it, with the other class by name for who manages it', async () => {
    const [twice, once] = [newLearner(), newLearner()];
    const classId = await makeClass(client.db, {
      title: '柴油机装调二班',
      organizationId: world.organizationId,
      createdBy: world.manager.personId,
      courses: [world.course],
    });
    for (const [learner, lesson] of [
      [twice, lessonId],
      [once, world.course.lessons[1]!.id],
    ] as const) {
      const { personId, enrollmentId } = learner;
      const other = await makeEnrollment(client.db, { classId, personId });
      const credit = { personId, day: DAY, creditedMs: 5 * MINUTE };
      await study(learner, { fromAt: NOON, minutes: 5 });
      await makeCredit(client.db, { ...credit, enrollmentId, lessonId });
      await makeCredit(client.db, { ...credit, enrollmentId: other, lessonId: lesson });
    }
    expect(await raised(twice)).toEqual(['other-class']);
    expect((await signalsOf(twice))[0]?.otherName).toBe('柴油机装调二班');
    expect(await signalsOf(once)).toEqual([]);
    const there = { classId, filter: open, limit: 10, offset: 0 };
    expect(await listClassSignals(client.db, world.manager, there)).toHaveLength(1);
  });
});

describe('looking at a signal', () => {
  test('puts it away with who, when and what, and it comes back when there is more of it', async () => {
    const learner = newLearner();
    const { db } = client;
    await study(learner, { fromAt: MIDNIGHT + HOUR, minutes: 40, endedAt: MIDNIGHT + 2 * HOUR });
    await raised(learner);
    const [signal] = await signalsOf(learner);
    const before = await countClassSignals(db, { classId: world.classId, filter: open });
    await noteSignal(db, world.manager, {
      classId: world.classId,
      signalId: signal!.id,
      measure: signal!.measure,
      found: '问过本人，上夜班。',
      now: at.now,
    });
    expect(await signalsOf(learner)).toEqual([]);
    const after = await countClassSignals(db, { classId: world.classId, filter: open });
    expect(after.get('night-study') ?? 0).toBe(before.get('night-study')! - 1);
    const [seen] = await signalsOf(learner, everything);
    expect(seen).toMatchObject({
      seen: true,
      notes: [{ found: '问过本人，上夜班。', notedBy: world.manager.name, notedAt: at.now }],
    });
    const audit = await db
      .selectFrom('audit_entry')
      .select(['actor_id', 'subject_id'])
      .where('action', '=', 'note-signal')
      .execute();
    expect(audit).toEqual([{ actor_id: world.manager.personId, subject_id: learner.enrollmentId }]);

    await study(learner, { fromAt: MIDNIGHT + 3 * HOUR, minutes: 10 });
    expect(await raised(learner)).toEqual(['night-study']);
    expect((await signalsOf(learner))[0]).toMatchObject({ seen: false, measure: 50 * MINUTE });
    expect((await signalsOf(learner))[0]?.notes).toHaveLength(1);
  });

  test('is for the class’s own managers, and only for signals of the class', async () => {
    const { db } = client;
    const note = { classId: world.classId, signalId: 'none', measure: 1, found: 'x', now: 1 };
    await expect(noteSignal(db, world.manager, note)).rejects.toMatchObject({ status: 404 });
    const stranger = await makePerson(db, { name: '别家的经理' });
    const exporting = { classId: world.classId, filter: open, now: 1 };
    await expect(noteSignal(db, stranger, note)).rejects.toMatchObject({ status: 404 });
    await expect(exportClassSignals(db, stranger, exporting)).rejects.toMatchObject({
      status: 404,
    });
    const learner = world.learners[0]!.viewer;
    await expect(noteSignal(db, learner, note)).rejects.toMatchObject({ status: 403 });
  });
});

test('drawn again from nothing, the signals are the same', async () => {
  const { db } = client;
  const read = () => db.selectFrom('signal').selectAll().orderBy('id').execute();
  await refreshSignals(db, { limit: 100 }, at);
  const before = await read();
  expect(before.length).toBeGreaterThan(8);
  for (const table of ['signal', 'signal_scan', 'session_trait'] as const) {
    await db.deleteFrom(table).execute();
  }
  await refreshSignals(db, { limit: 100 }, at);
  expect(await read()).toEqual(before);
  const { waiting } = await getSignalStanding(db, world.classId);
  expect(waiting).toBe(0);
  expect(await refreshSignals(db, { limit: 100 }, at)).toBe(0);
});
