import fc from 'fast-check';
import type { Db } from '~db/client.server';
import { makeClass, makeEnrollment, makeRuleSet } from '~db/testing-cast';
import { makeStudyWorld, shanghaiDay, type StudyWorld } from '~db/testing-study';
import { openWatchSession } from '../class-hours/open-watch-session.server';
import { recordBeats } from '../class-hours/record-beats.server';
import { findWatchSession } from '../class-hours/watch-session.server';

export const ZONE = 'Asia/Shanghai';
/** 2026-11-09 08:00 in Shanghai, the first morning on which somebody studies. */
export const FIRST_MORNING = Date.parse('2026-11-09T00:00:00Z');
export const MINUTE = 60_000;
const DAY_MS = 86_400_000;

/** For tests: one sitting of a learner: so many minutes of a lesson from a place on, at a speed. */
export interface Sitting {
  day: number;
  pauseMinutes: number;
  elsewhere: boolean;
  lesson: number;
  minutes: number;
  fromMinute: number;
  speed: number;
}

export const anySitting: fc.Arbitrary<Sitting> = fc.record({
  day: fc.nat(3),
  pauseMinutes: fc.nat(40),
  elsewhere: fc.boolean(),
  lesson: fc.nat(1),
  minutes: fc.integer({ min: 1, max: 9 }),
  fromMinute: fc.nat(6),
  speed: fc.constantFrom(0.5, 1, 1, 1.5, 2),
});

/** Settings that make a difference: speeds and caps within reach of a few sittings. */
export const anySettings = fc.record({
  maxSpeed: fc.constantFrom(1, 1.5, 2),
  dailyCapMs: fc.constantFrom(4 * MINUTE, 10 * MINUTE, 900 * MINUTE),
});

/** For tests: a second class on the same course for the learners of a world, where a day's cap ties both. */
export interface TwoClasses extends StudyWorld {
  otherIds: string[];
}

export async function makeTwoClasses(
  db: Db,
  given: { learners: number; rules: { maxSpeed: number; dailyCapMs: number } },
): Promise<TwoClasses> {
  const lessons = [
    { title: '曲轴', durationMs: 10 * MINUTE },
    { title: '量具', durationMs: 8 * MINUTE },
  ];
  const world = await makeStudyWorld(db, FIRST_MORNING, {
    learners: given.learners,
    lessons,
    ...given.rules,
  });
  const classId = await makeClass(db, {
    title: '柴油机装调二班',
    organizationId: world.organizationId,
    createdBy: world.manager.personId,
    courses: [world.course],
    ruleSetVersionId: await makeRuleSet(db, { maxSpeed: 2, dailyCapMs: 10 * MINUTE }),
    startsOn: shanghaiDay(FIRST_MORNING, -30),
    endsOn: shanghaiDay(FIRST_MORNING, 30),
  });
  const otherIds: string[] = [];
  for (const { viewer } of world.learners) {
    const fromAt = FIRST_MORNING - DAY_MS;
    otherIds.push(await makeEnrollment(db, { classId, personId: viewer.personId, fromAt }));
  }
  return { ...world, otherIds };
}

/** For tests: lets a learner sit down again and again, day by day; their beats arrive as they end. */
export async function study(
  db: Db,
  world: TwoClasses,
  learner: number,
  sittings: readonly Sitting[],
): Promise<void> {
  const { viewer, enrollmentId } = world.learners[learner]!;
  const { personId } = viewer;
  let at = 0;
  for (const one of [...sittings].sort((a, b) => a.day - b.day)) {
    at = Math.max(at, FIRST_MORNING + one.day * DAY_MS) + (one.pauseMinutes + 1) * MINUTE;
    const lesson = world.course.lessons[one.lesson]!;
    const wanted = {
      personId,
      enrollmentId: one.elsewhere ? world.otherIds[learner]! : enrollmentId,
      lessonId: lesson.id,
    };
    const { id } = await openWatchSession(db, wanted, { zone: ZONE, now: at });
    const session = (await findWatchSession(db, id))!;
    const beats = Array.from({ length: one.minutes }, (_, n) => ({
      seq: n + 1,
      wallFromMs: n * MINUTE,
      wallToMs: (n + 1) * MINUTE,
      mediaFromMs: Math.min(lesson.durationMs, (one.fromMinute + n * one.speed) * MINUTE),
      mediaToMs: Math.min(lesson.durationMs, (one.fromMinute + (n + 1) * one.speed) * MINUTE),
      visible: true,
    }));
    at += one.minutes * MINUTE;
    const now = at;
    await db
      .transaction()
      .execute((trx) => recordBeats(trx, [{ session, beats }], { zone: ZONE, now }));
  }
}
