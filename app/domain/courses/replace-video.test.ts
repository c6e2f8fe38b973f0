import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { makeStudyWorld, shanghaiDay, type StudyWorld } from '~db/testing-study';
import { createClock } from '~/infra/clock.server';
import { createBeatRecorder, type BeatRecorder } from '../class-hours/beat-recorder.server';
import { createBeatStore } from '../class-hours/beat-store.server';
import { foreseeLength } from '../class-hours/foresee-length.server';
import { openWatchSession } from '../class-hours/open-watch-session.server';
import { reconcile } from '../class-hours/reconcile.server';
import { findWatchSession } from '../class-hours/watch-session.server';
import { getManagedClass } from '../classes/get-managed-class.server';
import { moveClassCourse } from '../classes/move-class-course.server';
import { addLessonForVideo } from './add-lesson-for-video.server';
import { attachMedia } from './attach-media.server';
import { getCourseDraft } from './course-draft.server';
import { getLessonDraft } from './lesson-draft.server';
import { publishSigned } from './testing-courses';
import { getReplacedVideo } from './replaced-video.server';
import { StaleSave } from './stale-save';
import { makeMedia } from './testing-courses';

const zone = 'Asia/Shanghai';
const HOUR = 3_600_000;

let client: DatabaseClient;
let recorder: BeatRecorder;
beforeAll(async () => {
  client = await openTestDatabase();
  recorder = createBeatRecorder(createBeatStore({ db: client.db, clock: createClock(), zone }));
});
afterAll(() => client.close());

async function openWorld(learners = 1): Promise<StudyWorld> {
  const world = await makeStudyWorld(client.db, Date.now(), {
    learners,
    lessons: [
      { title: '曲轴', durationMs: 60_000 },
      { title: '量具', durationMs: 60_000 },
    ],
    offlineAllowanceMs: 40 * HOUR,
  });
  const { personId } = world.manager;
  await client.db
    .insertInto('course_author')
    .values({
      course_id: world.course.courseId,
      person_id: personId,
      organization_id: world.organizationId,
      named_by: personId,
      named_at: Date.now(),
    })
    .execute();
  return world;
}

const newTake = (world: StudyWorld, durationMs: number) =>
  makeMedia(client.db, {
    courseId: world.course.courseId,
    organizationId: world.organizationId,
    personId: world.manager.personId,
    durationMs,
  });

/** A player that was opened some hours ago plays these seconds of the lesson, one beat a second. */
async function study(
  world: StudyWorld,
  fromSecond: number,
  toSecond: number,
  { learner = 0, hoursAgo = 1 } = {},
) {
  const { viewer, enrollmentId } = world.learners[learner]!;
  const { personId } = viewer;
  const wanted = { personId, enrollmentId, lessonId: world.course.lessons[0]!.id };
  const opened = await openWatchSession(client.db, wanted, { zone, now: Date.now() });
  await client.db
    .updateTable('watch_session')
    .set({ started_at: Date.now() - hoursAgo * HOUR })
    .where('id', '=', opened.id)
    .execute();
  const session = (await findWatchSession(client.db, opened.id))!;
  const beats = Array.from({ length: toSecond - fromSecond }, (_, index) => ({
    seq: index + 1,
    wallFromMs: index * 1000,
    wallToMs: index * 1000 + 1000,
    mediaFromMs: (fromSecond + index) * 1000,
    mediaToMs: (fromSecond + index) * 1000 + 1000,
    visible: true,
  }));
  await recorder.record({ session, beats });
  return opened;
}

const totalOf = (world: StudyWorld, learner = 0) =>
  client.db
    .selectFrom('lesson_total')
    .select(['credited_ms', 'covered_ms', 'coverage', 'complete'])
    .where('enrollment_id', '=', world.learners[learner]!.enrollmentId)
    .where('lesson_id', '=', world.course.lessons[0]!.id)
    .executeTakeFirstOrThrow();

async function replaceEverywhere(world: StudyWorld, mediaId: string) {
  const { course, manager, classId } = world;
  const { courseId } = course;
  const lessonId = course.lessons[0]!.id;
  const now = Date.now();
  const { version } = await getLessonDraft(client.db, courseId, lessonId);
  await attachMedia(client.db, manager, { lessonId, mediaId, version, now });
  await publishSigned(client.db, manager, [], { courseId, now });
  const inClass = await totalOf(world);
  const trainingClass = await getManagedClass(client.db, manager, classId);
  const move = { classId, courseId, version: trainingClass.version, now };
  await moveClassCourse(client.db, manager, move);
  return inClass;
}

describe('a better take of the same content', () => {
  test('leaves every hour earned, and goes on along one timeline', async () => {
    const world = await openWorld();
    const before = await study(world, 0, 40, { hoursAgo: 2 });
    const earned = await totalOf(world);
    expect(earned).toMatchObject({ credited_ms: 40_000, coverage: '[[0,40000]]' });

    const published = await replaceEverywhere(world, await newTake(world, 90_000));
    expect(published).toEqual(earned);
    expect(await totalOf(world)).toEqual(earned);

    const after = await study(world, 30, 90);
    expect([before.durationMs, after.durationMs]).toEqual([60_000, 90_000]);
    expect(after.coverage).toEqual([[0, 40_000]]);
    // Ten seconds were seen before; they earn nothing again, and take nothing away.
    expect(await totalOf(world)).toMatchObject({
      credited_ms: 90_000,
      covered_ms: 90_000,
      coverage: '[[0,90000]]',
      complete: 1,
    });
    expect(await reconcile(client.db, zone)).toEqual([]);
  });

  test('shows first what its length means for those who study', async () => {
    const world = await openWorld(3);
    await study(world, 0, 60);
    await study(world, 0, 50, { learner: 1 });
    const today = shanghaiDay(Date.now());
    const foresee = (lengthMs: number) =>
      foreseeLength(client.db, { lessonId: world.course.lessons[0]!.id, lengthMs, today });
    expect(await foresee(60_000)).toEqual({
      classes: 1,
      underWay: 1,
      underWayEnough: 0,
      completed: 1,
      completedShort: 0,
    });
    expect(await foresee(90_000)).toMatchObject({ completed: 1, completedShort: 1 });
    expect(await foresee(52_000)).toMatchObject({ underWay: 1, underWayEnough: 1 });
  });

  test('is based on what its author saw', async () => {
    const world = await openWorld();
    const { courseId, lessons } = world.course;
    const lessonId = lessons[0]!.id;
    const mediaId = await newTake(world, 50_000);
    const wanted = { courseId, lessonId, mediaId };
    const { lesson, next } = await getReplacedVideo(client.db, world.manager, wanted);
    expect([lesson.media.durationMs, next.durationMs]).toEqual([60_000, 50_000]);
    const now = Date.now();
    const change = { lessonId, mediaId, version: lesson.version, now };
    await attachMedia(client.db, world.manager, change);
    await expect(attachMedia(client.db, world.manager, change)).rejects.toBeInstanceOf(StaleSave);
    await expect(getReplacedVideo(client.db, world.manager, wanted)).rejects.toThrow('not-found');
    const learner = world.learners[0]!.viewer;
    await expect(getReplacedVideo(client.db, learner, wanted)).rejects.toThrow('forbidden');
  });
});

test('other content becomes a lesson of its own, next after the one it was meant for', async () => {
  const world = await openWorld();
  const { courseId, lessons } = world.course;
  const mediaId = await newTake(world, 50_000);
  const { lessonId } = await addLessonForVideo(client.db, world.manager, {
    courseId,
    afterLessonId: lessons[0]!.id,
    mediaId,
    now: Date.now(),
  });
  const [chapter] = (await getCourseDraft(client.db, courseId)).chapters;
  expect(chapter?.lessons.map(({ id }) => id)).toEqual([lessons[0]!.id, lessonId, lessons[1]!.id]);
  expect(chapter?.lessons[1]).toMatchObject({
    title: '曲轴',
    mediaId,
    producerOrganizationId: world.organizationId,
    authorId: world.manager.personId,
  });
});
