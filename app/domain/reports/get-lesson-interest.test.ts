import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { makeStudyWorld, type StudyWorld } from '~db/testing-study';
import { createClock } from '~/infra/clock.server';
import { createBeatRecorder, type BeatRecorder } from '../class-hours/beat-recorder.server';
import { createBeatStore } from '../class-hours/beat-store.server';
import { openWatchSession } from '../class-hours/open-watch-session.server';
import { findWatchSession } from '../class-hours/watch-session.server';
import { makeMedia } from '../courses/testing-courses';
import { getLessonInterest } from './get-lesson-interest.server';
import { peakOf } from './interest';

const zone = 'Asia/Shanghai';
const MINUTE = 60_000;
const HOUR = 3_600_000;
const LENGTH_MS = 10 * MINUTE;

let client: DatabaseClient;
let recorder: BeatRecorder;
let world: StudyWorld;
beforeAll(async () => {
  client = await openTestDatabase();
  recorder = createBeatRecorder(createBeatStore({ db: client.db, clock: createClock(), zone }));
  world = await makeStudyWorld(client.db, Date.now(), {
    learners: 3,
    lessons: [
      { title: '曲轴', durationMs: LENGTH_MS },
      { title: '量具', durationMs: LENGTH_MS },
    ],
    offlineAllowanceMs: 40 * HOUR,
  });
});
afterAll(() => client.close());

/** A stretch that is played, from a minute of the film to another, after a pause in minutes. */
type Played = [from: number, to: number, pause?: number];

/** A learner opens the lesson some hours ago and plays these stretches, a beat every ten seconds. */
async function play(learner: number, lesson: number, hoursAgo: number, ...stretches: Played[]) {
  const { viewer, enrollmentId } = world.learners[learner]!;
  const lessonId = world.course.lessons[lesson]!.id;
  const wanted = { personId: viewer.personId, enrollmentId, lessonId };
  const { id } = await openWatchSession(client.db, wanted, { zone, now: Date.now() });
  await client.db
    .updateTable('watch_session')
    .set({ started_at: Date.now() - hoursAgo * HOUR })
    .where('id', '=', id)
    .execute();
  const session = (await findWatchSession(client.db, id))!;
  const beats: Parameters<BeatRecorder['record']>[0]['beats'][number][] = [];
  let wall = 0;
  for (const [from, to, pause = 0] of stretches) {
    wall += pause * MINUTE;
    for (let at = from * MINUTE; at < to * MINUTE; at += 10_000, wall += 10_000) {
      beats.push({
        seq: beats.length + 1,
        wallFromMs: wall,
        wallToMs: wall + 10_000,
        mediaFromMs: at,
        mediaToMs: at + 10_000,
        visible: true,
      });
    }
  }
  await recorder.record({ session, beats });
}

const mediaOf = (lesson: number) =>
  client.db
    .selectFrom('lesson')
    .select('media_id')
    .where('id', '=', world.course.lessons[lesson]!.id)
    .executeTakeFirstOrThrow();

test('what learners played shows where they watched again, stopped and left', async () => {
  await play(0, 0, 5, [0, 6], [4, 10]);
  await play(1, 0, 4, [0, 4], [4, 7, 2]);
  await play(2, 0, 3, [0, 3]);
  // The same learner comes back: they left where they stopped last.
  await play(2, 0, 2, [3, 8]);
  // Of another lesson.
  await play(0, 1, 1, [0, 1]);

  const lessonId = world.course.lessons[0]!.id;
  const { media_id: mediaId } = await mediaOf(0);
  const lesson = { lessonId, mediaId: mediaId ?? '', durationMs: LENGTH_MS };
  const seen = await getLessonInterest(client.db, lesson);
  expect(seen).toMatchObject({ viewers: 3, finished: 1, viewings: 4 });
  const at = (minute: number) => seen.slices[minute * 10 + 5]!;
  expect([1, 5, 6, 7, 9].map((minute) => at(minute).viewers)).toEqual([3, 3, 3, 2, 1]);
  expect([1, 4, 5, 6].map((minute) => Math.round(at(minute).again))).toEqual([0, 1, 1, 0]);
  expect(peakOf(seen.slices, 'again')).toMatchObject({ fromMs: 4 * MINUTE });
  expect(peakOf(seen.slices, 'pauses')).toMatchObject({ fromMs: 4 * MINUTE, pauses: 1 });
  const leaves = seen.slices.filter((slice) => slice.leaves > 0);
  expect(leaves.map(({ fromMs, leaves: count }) => [fromMs / MINUTE, count])).toEqual([
    [7, 1],
    [8, 1],
  ]);
});

test('of another take of the lesson nothing is drawn yet', async () => {
  const mediaId = await makeMedia(client.db, {
    courseId: world.course.courseId,
    organizationId: world.organizationId,
    personId: world.manager.personId,
    durationMs: LENGTH_MS,
  });
  const lesson = { lessonId: world.course.lessons[0]!.id, mediaId, durationMs: LENGTH_MS };
  const seen = await getLessonInterest(client.db, lesson);
  expect(seen).toMatchObject({ viewers: 3, viewings: 0, slices: [] });
});
