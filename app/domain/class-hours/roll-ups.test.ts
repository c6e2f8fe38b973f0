import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { makeNextVersion, makeOrganization } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { makeStudyWorld, shanghaiDay, type StudyWorld } from '~db/testing-study';
import { createClock } from '~/infra/clock.server';
import { editClass } from '../classes/edit-class.server';
import { enrollPeople } from '../classes/enroll-people.server';
import { getManagedClass } from '../classes/get-managed-class.server';
import { moveClassCourse } from '../classes/move-class-course.server';
import { withdrawLearner } from '../classes/withdraw-learner.server';
import { Invalid, NotFound } from '../shared/errors';
import { createBeatRecorder, type BeatRecorder } from './beat-recorder.server';
import { createBeatStore } from './beat-store.server';
import { correctClassHours } from './correct-class-hours.server';
import { countedMs } from './credited-days.server';
import { openWatchSession } from './open-watch-session.server';
import { describeDifference } from './difference';
import { reconcile } from './reconcile.server';
import { findWatchSession, type WatchSession } from './watch-session.server';

const ZONE = 'Asia/Shanghai';
const MINUTE = 60_000;
const DAY = 86_400_000;

let client: DatabaseClient;
let recorder: BeatRecorder;
beforeAll(async () => {
  client = await openTestDatabase();
  recorder = createBeatRecorder(
    createBeatStore({ db: client.db, clock: createClock(), zone: ZONE }),
  );
});
afterAll(() => client.close());

const makeWorld = () =>
  makeStudyWorld(client.db, Date.now(), {
    learners: 2,
    lessons: [
      { title: '曲轴', durationMs: 20 * MINUTE },
      { title: '量具', durationMs: 10 * MINUTE },
    ],
    dailyCapMs: 12 * MINUTE,
    offlineAllowanceMs: 20 * DAY,
  });

/** Opens the learner's next player, as if some days after their last one: the first was 40 days ago. */
async function openPlayer(world: StudyWorld, learner: number, lesson: number) {
  const { db } = client;
  const { viewer, enrollmentId } = world.learners[learner]!;
  const { personId } = viewer;
  const lessonId = world.course.lessons[lesson]!.id;
  const wanted = { personId, enrollmentId, lessonId };
  const opened = await openWatchSession(db, wanted, { zone: ZONE, now: Date.now() });
  const { number } = (await findWatchSession(db, opened.id))!;
  const startedAt = Date.now() - (44 - 4 * number) * DAY;
  const own = (which: number, change: { started_at?: number; ended_at?: number }) =>
    db
      .updateTable('watch_session')
      .set(change)
      .where('person_id', '=', personId)
      .where('number', '=', which)
      .execute();
  await own(number - 1, { ended_at: startedAt });
  await own(number, { started_at: startedAt });
  return (await findWatchSession(db, opened.id))!;
}

const minutes = (seq: number, wall: number, media: number, length: number) => ({
  seq,
  wallFromMs: wall * MINUTE,
  wallToMs: (wall + length) * MINUTE,
  mediaFromMs: media * MINUTE,
  mediaToMs: (media + length) * MINUTE,
  visible: true,
});

type Step =
  | { do: 'open'; learner: number; lesson: number }
  | { do: 'play'; session: number; seq: number; wall: number; media: number; length: number }
  | { do: 'withdraw'; learner: number }
  | { do: 'enroll'; learner: number }
  | { do: 'date'; daysAgo: number }
  | { do: 'move'; producers: [number, number] }
  | { do: 'correct'; learner: number; lesson: number; daysAgo: number; ms: number };

const anyLearner = fc.nat(1);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('open' as const),
      learner: anyLearner,
      lesson: fc.nat(1),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('play' as const),
      session: fc.nat(9),
      seq: fc.integer({ min: 1, max: 30 }),
      // Some on the day after.
      wall: fc.oneof(fc.nat(40), fc.integer({ min: 1430, max: 1470 })),
      media: fc.nat(8),
      length: fc.nat(9),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('withdraw' as const, 'enroll' as const),
      learner: anyLearner,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('date' as const), daysAgo: fc.constantFrom(30, 50) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      producers: fc.tuple(fc.nat(2), fc.nat(2)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('correct' as const),
      learner: anyLearner,
      lesson: fc.nat(1),
      daysAgo: fc.nat(29),
      ms: fc.oneof(fc.integer({ min: -MINUTE, max: 5 * MINUTE }), fc.constantFrom(-MINUTE, MINUTE)),
    }),
  },
);

async function live(world: StudyWorld, other: string, steps: readonly Step[]): Promise<void> {
  const { db } = client;
  const { manager, classId, course } = world;
  const sessions: WatchSession[] = [];
  let taught = course.lessons.map(({ id }) => id);
  for (const step of steps) {
    const now = Date.now();
    const { version, ...before } = await getManagedClass(db, manager, classId);
    if (step.do === 'open') {
      const offered = taught.includes(course.lessons[step.lesson]!.id);
      const opens = offered && (await isEnrolled(world, step.learner));
      if (opens && sessions.length < 9)
        sessions.push(await openPlayer(world, step.learner, step.lesson));
    } else if (step.do === 'play') {
      const session = sessions[step.session % sessions.length];
      const { seq, wall, media, length } = step;
      if (session) await recorder.record({ session, beats: [minutes(seq, wall, media, length)] });
    } else if (step.do === 'withdraw') {
      const { enrollmentId } = world.learners[step.learner]!;
      await withdrawLearner(db, manager, { classId, enrollmentId, now, zone: ZONE });
    } else if (step.do === 'enroll') {
      const { personId } = world.learners[step.learner]!.viewer;
      await enrollPeople(db, manager, { classId, personIds: [personId], now });
    } else if (step.do === 'date') {
      const startsOn = shanghaiDay(now, -step.daysAgo);
      const form = { ...before, startsOn, courseIds: [course.courseId], required: 9999 };
      await editClass(db, manager, { classId, version, form, now, zone: ZONE }).catch(isRefusal);
    } else if (step.do === 'correct') {
      const { enrollmentId } = world.learners[step.learner]!;
      const of = { enrollmentId, lessonId: course.lessons[step.lesson]!.id };
      const input = { ...of, day: shanghaiDay(now, -step.daysAgo), ms: step.ms, reason: '停电' };
      await correctClassHours(db, manager, input, { zone: ZONE, now }).catch(isNoCorrection);
    } else {
      // A producer of 2 leaves the lesson out.
      const producers = [world.organizationId, other];
      const lessons = course.lessons.flatMap((lesson, index) => {
        const producerOrganizationId = producers[step.producers[index]!];
        return producerOrganizationId ? [{ ...lesson, producerOrganizationId }] : [];
      });
      const newer = await makeNextVersion(db, course, lessons);
      await db
        .updateTable('course_version_lesson')
        .set((eb) => ({
          media_id: eb
            .selectFrom('lesson')
            .select('lesson.media_id')
            .whereRef('lesson.id', '=', 'course_version_lesson.lesson_id'),
        }))
        .where('course_version_id', '=', newer)
        .execute();
      taught = lessons.map(({ id }) => id);
      await moveClassCourse(db, manager, { classId, courseId: course.courseId, version, now });
    }
  }
}

/** Dates that leave out a day on which somebody studied are refused, and change nothing. */
const isRefusal = (error: unknown) => expect(error).toBeInstanceOf(Invalid);

/** Neither a lesson that was never theirs is corrected, nor one beyond its bounds. */
const isNoCorrection = (error: unknown) => {
  if (!(error instanceof NotFound)) expect(error).toBeInstanceOf(Invalid);
};

async function isEnrolled(world: StudyWorld, learner: number): Promise<boolean> {
  const { enrollmentId } = world.learners[learner]!;
  const { status } = await client.db
    .selectFrom('enrollment')
    .select('status')
    .where('id', '=', enrollmentId)
    .executeTakeFirstOrThrow();
  return status === 'enrolled';
}

describe('the roll-ups', () => {
  test('are the sums of the days, whatever learners and managers do in which order', async () => {
    const other = await makeOrganization(client.db, { name: '海岱动力集团', kind: 'enterprise' });
    const property = async (steps: Step[]) => {
      const world = await makeWorld();
      await live(world, other, steps);
      const days = await client.db
        .selectFrom('lesson_day')
        .innerJoin('enrollment', 'enrollment.id', 'lesson_day.enrollment_id')
        .where('enrollment.class_id', '=', world.classId)
        .select(['enrollment.person_id', 'day', countedMs.as('counted_ms'), 'spent_ms'])
        .execute();
      const sum = (of: (day: (typeof days)[number]) => number) =>
        days.reduce((total, day) => total + of(day), 0);
      const both = { credited: sum((day) => day.counted_ms), spent: sum((day) => day.spent_ms) };
      for (const table of ['class_day', 'organization_day'] as const) {
        const column = table === 'class_day' ? 'class_id' : 'organization_id';
        const id = table === 'class_day' ? world.classId : world.organizationId;
        const rows = await client.db
          .selectFrom(table)
          .where(column as never, '=', id as never)
          .select(['credited_ms', 'spent_ms'])
          .execute();
        expect([table, rows.reduce((total, row) => total + row.credited_ms, 0)]).toEqual([
          table,
          both.credited,
        ]);
        expect(rows.reduce((total, row) => total + row.spent_ms, 0)).toBe(both.spent);
      }
      const credited = days.filter((day) => day.counted_ms > 0).map((day) => day.person_id);
      const count = await client.db
        .selectFrom('learner_count')
        .where('part', '=', 'organization')
        .where('organization_id', '=', world.organizationId)
        .where('month', '=', '')
        .select('learners')
        .executeTakeFirst();
      expect(count?.learners ?? 0).toBe(new Set(credited).size);
      const wrong = await reconcile(client.db, ZONE);
      expect(wrong.map(describeDifference)).toEqual([]);
    };
    const runs = client.engine === 'postgres' ? 6 : 15;
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 24 }), property),
      { numRuns: runs },
    );
  }, 120_000);
});
