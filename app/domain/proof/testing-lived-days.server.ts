import type { DatabaseClient } from '~db/client.server';
import { STORY_BEGINS, type CastRules } from '~db/testing-cast';
import { makeStudyWorld, type StudyWorld } from '~db/testing-study';
import { answerPresenceCheck } from '../class-hours/answer-presence-check.server';
import { createBeatRecorder } from '../class-hours/beat-recorder.server';
import { createBeatStore } from '../class-hours/beat-store.server';
import { openWatchSession } from '../class-hours/open-watch-session.server';
import type { PresenceQuestion } from '../class-hours/presence-check.server';
import { findWatchSession } from '../class-hours/watch-session.server';

export const ZONE = 'Asia/Shanghai';
export const MINUTE = 60_000;
export const DAY = 86_400_000;
/** Monday 2026-11-02, 09:00 in Shanghai. */
export const MONDAY = STORY_BEGINS;

export interface LivedDays {
  world: StudyWorld;
  /** A learner plays so many minutes of a lesson from a moment on; what they are asked they answer. */
  study(learner: number, at: number, minutes: number, lesson?: number): Promise<void>;
}

/** A class in which people study on a clock of the test's own; by default it asks after five minutes. */
export async function liveDays(
  client: DatabaseClient,
  given: CastRules & { learners?: number } = {},
): Promise<LivedDays> {
  const { db } = client;
  const world = await makeStudyWorld(db, MONDAY, {
    learners: 3,
    dailyCapMs: 12 * MINUTE,
    presence: {
      checkAfterMinMs: 5 * MINUTE,
      checkAfterMaxMs: 6 * MINUTE,
      answerWithinMs: MINUTE,
      retryAfterMs: 20_000,
    },
    ...given,
  });
  let now = MONDAY;
  const recorder = createBeatRecorder(
    createBeatStore({ db, clock: { now: () => now }, zone: ZONE }),
  );
  const study: LivedDays['study'] = async (learner, at, minutes, lesson = 0) => {
    now = at;
    const { viewer, enrollmentId } = world.learners[learner]!;
    const lessonId = world.course.lessons[lesson]!.id;
    const { personId } = viewer;
    const opened = await openWatchSession(
      db,
      { personId, enrollmentId, lessonId },
      { zone: ZONE, now },
    );
    const session = (await findWatchSession(db, opened.id))!;
    const pass = async (check: PresenceQuestion | null) => {
      if (!check) return;
      const { options, right_option: right } = await db
        .selectFrom('presence_question')
        .select(['options', 'right_option'])
        .where('id', '=', check.id)
        .executeTakeFirstOrThrow();
      const answer = String((JSON.parse(options) as string[]).indexOf(right) + 1);
      await answerPresenceCheck(db, { session, questionId: check.id, answer }, { zone: ZONE, now });
    };
    await pass(opened.presenceCheck);
    for (let seq = 1; seq <= minutes; seq += 1) {
      now = at + seq * MINUTE;
      const beat = { seq, wallFromMs: (seq - 1) * MINUTE, wallToMs: seq * MINUTE, visible: true };
      const media = opened.resumeAtMs + beat.wallFromMs;
      const mediaFromMs = Math.min(media, opened.durationMs);
      const mediaToMs = Math.min(media + MINUTE, opened.durationMs);
      const answer = await recorder.record({
        session,
        beats: [{ ...beat, mediaFromMs, mediaToMs }],
      });
      await pass(answer.presenceCheck);
    }
  };
  return { world, study };
}
