import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeClass, makeCredit, makeEnrollment, makePerson } from '~db/testing-cast';
import { rememberServing } from '../media/remember-serving.server';
import { newId } from '../shared/new-id.server';
import { listClassSignals } from './list-class-signals.server';
import { refreshSignals } from './refresh-signals.server';
import { getSignalStanding } from './signal-standing.server';
import {
  at,
  DAY,
  HOUR,
  MIDNIGHT,
  MINUTE,
  NOON,
  open,
  openStage,
  type Learner,
  type Stage,
} from './testing-stage.server';

let stage: Stage;
let lessonId: string;
let mediaId: string;
beforeAll(async () => {
  stage = await openStage();
  ({ lessonId, mediaId } = stage);
});
afterAll(() => stage.client.close());

describe('one device, two accounts', () => {
  test('are shown for both when they study at once', async () => {
    const [first, second] = [stage.newLearner(), stage.newLearner()];
    await stage.study(first, { fromAt: NOON, minutes: 30, deviceHash: 'desk' });
    await stage.study(second, { fromAt: NOON + 10 * MINUTE, minutes: 30, deviceHash: 'desk' });
    expect(await stage.raised(first)).toEqual(['shared-device']);
    const [mine] = await stage.signalsOf(first);
    const [theirs] = await stage.signalsOf(second);
    expect(mine).toMatchObject({ day: DAY, measure: 1, evidence: { overlapping: 1, count: 1 } });
    expect(mine?.otherName).toBe(theirs?.name);
    expect(theirs?.otherName).toBe(mine?.name);
    expect(JSON.stringify([mine, theirs])).not.toContain('desk');
  });

  test('are shown for the one who was looked through before the other came', async () => {
    const [first, second] = [stage.newLearner(), stage.newLearner()];
    await stage.study(first, { fromAt: NOON, minutes: 30, deviceHash: 'tablet' });
    expect(await stage.raised(first)).toEqual([]);
    await stage.study(second, { fromAt: NOON + 32 * MINUTE, minutes: 30, deviceHash: 'tablet' });
    expect(await stage.raised(first)).toEqual(['shared-device']);
    expect((await stage.signalsOf(first))[0]).toMatchObject({ evidence: { overlapping: 0 } });
  });

  test('are not, where people take turns at the classroom’s computer', async () => {
    const [first, second] = [stage.newLearner(), stage.newLearner()];
    await stage.study(first, { fromAt: NOON, minutes: 30, deviceHash: 'classroom' });
    await stage.study(second, { fromAt: NOON + 45 * MINUTE, minutes: 30, deviceHash: 'classroom' });
    expect([...(await stage.raised(first)), ...(await stage.signalsOf(second))]).toEqual([]);
  });

  test('a name from outside what the manager manages is not told', async () => {
    const learner = stage.newLearner();
    const stranger = await makePerson(stage.client.db, { name: '外单位的人' });
    const elsewhere = await makePerson(stage.client.db, { name: '外单位的经理' });
    const organizationId = newId();
    await stage.client.db
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
    const classId = await makeClass(stage.client.db, {
      title: '外单位的班',
      organizationId,
      createdBy: elsewhere.personId,
      courses: [stage.world.course],
    });
    const enrollmentId = await makeEnrollment(stage.client.db, {
      classId,
      personId: stranger.personId,
    });
    await stage.study(learner, { fromAt: NOON, minutes: 20, deviceHash: 'home' });
    await stage.study(
      { personId: stranger.personId, enrollmentId },
      { fromAt: NOON, minutes: 20, deviceHash: 'home' },
    );
    expect(await stage.raised(learner)).toEqual(['shared-device']);
    const [told] = await stage.signalsOf(learner);
    expect(told?.otherName).toBeUndefined();
    expect(JSON.stringify(told)).not.toContain(stranger.personId);
  });
});

describe('a video that was never sent', () => {
  test('is shown where servings are known, and not for older sessions', async () => {
    const [script, old] = [stage.newLearner(), stage.newLearner()];
    await stage.study(script, { fromAt: NOON, minutes: 10, servingKnown: true });
    await stage.study(old, { fromAt: NOON, minutes: 10 });
    expect(await stage.raised(script)).toEqual(['unserved-video']);
    expect(await stage.signalsOf(old)).toEqual([]);
  });

  test('is not, for who was sent any video of the lesson', async () => {
    const learner = stage.newLearner();
    const serving = { personId: learner.personId, mediaId, now: NOON };
    await rememberServing(stage.client.db, serving);
    await rememberServing(stage.client.db, { ...serving, now: NOON + HOUR });
    await stage.study(learner, { fromAt: NOON, minutes: 10, servingKnown: true });
    expect(await stage.raised(learner)).toEqual([]);
    const { servedSince } = await getSignalStanding(stage.client.db, stage.world.classId);
    expect(servedSince).toBe(NOON);
  });
});

describe('beats without variance', () => {
  test('are shown for a script, and not for a player', async () => {
    const [script, person] = [stage.newLearner(), stage.newLearner()];
    await stage.study(script, { fromAt: NOON, minutes: 20, even: true });
    await stage.study(person, { fromAt: NOON, minutes: 45 });
    expect(await stage.raised(script)).toEqual(['even-beats']);
    expect((await stage.signalsOf(script))[0]).toMatchObject({
      measure: 100,
      evidence: { beats: 100, lengthMs: 12_000, fromAt: NOON, toAt: NOON + 20 * MINUTE },
    });
    expect(await stage.signalsOf(person)).toEqual([]);
  });

  test('a session is read once, and again only when beats came to it', async () => {
    const learner = stage.newLearner();
    const sessionId = await stage.study(learner, { fromAt: NOON, minutes: 5 });
    const { db } = stage.client;
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
    const { db } = stage.client;
    const sessionId = await stage.study(learner, { fromAt: NOON, minutes: 20 });
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
    const [quick, person] = [stage.newLearner(), stage.newLearner()];
    await answer(quick, [400], [true]);
    await answer(person, [3_200, 300], [false, true]);
    expect(await stage.raised(quick)).toEqual(['quick-answers']);
    expect(await stage.signalsOf(person)).toEqual([]);
  });

  test('answered wrongly three times in a row are shown, twice are not', async () => {
    const [guesses, person] = [stage.newLearner(), stage.newLearner()];
    await answer(guesses, [3_000, 3_000, 3_000], [false, false, false]);
    await answer(person, [3_000, 3_000, 3_000], [false, false, true]);
    expect(await stage.raised(guesses)).toEqual(['wrong-answers']);
    expect(await stage.signalsOf(person)).toEqual([]);
  });
});

describe('long days and nights', () => {
  async function spend(learner: Learner, spentMs: number): Promise<void> {
    await stage.study(learner, { fromAt: NOON, minutes: 1 });
    await stage.client.db
      .insertInto('learner_day')
      .values({
        person_id: learner.personId,
        day: DAY,
        credited_ms: 0,
        spent_ms: spentMs,
        presence_ms: 0,
      })
      .execute();
    await stage.client.db
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
    const [long, full] = [stage.newLearner(), stage.newLearner()];
    await spend(long, 6 * HOUR + 1);
    await spend(full, 6 * HOUR);
    expect(await stage.raised(long)).toEqual(['long-day']);
    expect((await stage.signalsOf(long))[0]).toMatchObject({
      day: DAY,
      evidence: { hereMs: HOUR },
    });
    expect(await stage.signalsOf(full)).toEqual([]);
  });

  test('half an hour after midnight is shown, a lesson finished late is not', async () => {
    const [night, late] = [stage.newLearner(), stage.newLearner()];
    await stage.study(night, {
      fromAt: MIDNIGHT + HOUR,
      minutes: 15,
      endedAt: MIDNIGHT + 2 * HOUR,
    });
    await stage.study(night, { fromAt: MIDNIGHT + 2 * HOUR, minutes: 20 });
    await stage.study(late, { fromAt: MIDNIGHT - 20 * MINUTE, minutes: 45 });
    expect(await stage.raised(night)).toEqual(['night-study']);
    expect((await stage.signalsOf(night))[0]).toMatchObject({ day: DAY, measure: 35 * MINUTE });
    expect(await stage.signalsOf(late)).toEqual([]);
  });
});

describe('a lesson in two classes', () => {
  test('is shown where both credit it, with the other class by name for who manages it', async () => {
    const [twice, once] = [stage.newLearner(), stage.newLearner()];
    const classId = await makeClass(stage.client.db, {
      title: '柴油机装调二班',
      organizationId: stage.world.organizationId,
      createdBy: stage.world.manager.personId,
      courses: [stage.world.course],
    });
    for (const [learner, lesson] of [
      [twice, lessonId],
      [once, stage.world.course.lessons[1]!.id],
    ] as const) {
      const { personId, enrollmentId } = learner;
      const other = await makeEnrollment(stage.client.db, { classId, personId });
      const credit = { personId, day: DAY, creditedMs: 5 * MINUTE };
      await stage.study(learner, { fromAt: NOON, minutes: 5 });
      await makeCredit(stage.client.db, { ...credit, enrollmentId, lessonId });
      await makeCredit(stage.client.db, { ...credit, enrollmentId: other, lessonId: lesson });
    }
    expect(await stage.raised(twice)).toEqual(['other-class']);
    expect((await stage.signalsOf(twice))[0]?.otherName).toBe('柴油机装调二班');
    expect(await stage.signalsOf(once)).toEqual([]);
    const there = { classId, filter: open, limit: 10, offset: 0 };
    expect(await listClassSignals(stage.client.db, stage.world.manager, there)).toHaveLength(1);
  });
});
