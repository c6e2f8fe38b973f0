import { makeStudyWorld } from '~db/testing-study';
import type { DatabaseClient } from '~db/client.server';
import { signedInCookie, testContext } from '~/web/testing-request.server';
import { LENGTH, type Story } from './learner-stories';
import type { BenchLearner } from './study-player';

const RULES = {
  plain: {},
  fast: { maxSpeed: 2 },
  presence: {
    presence: {
      checkAfterMinMs: 15 * 60_000,
      checkAfterMaxMs: 20 * 60_000,
      answerWithinMs: 60_000,
      retryAfterMs: 20_000,
    },
  },
} as const satisfies Record<Story['rules'], object>;

/** A class for each story, under its rules, with one learner and two lessons of 45 minutes. `now` in ms. */
export async function makeLearners(
  client: DatabaseClient,
  stories: readonly Story[],
  now: number,
): Promise<BenchLearner[]> {
  const context = testContext(client, now);
  const learners: BenchLearner[] = [];
  for (const { rules } of stories) {
    const world = await makeStudyWorld(client.db, now, {
      ...RULES[rules],
      lessons: [
        { title: '曲轴', durationMs: LENGTH },
        { title: '量具', durationMs: LENGTH },
      ],
    });
    const { viewer, enrollmentId } = world.learners[0]!;
    const { personId } = viewer;
    const cookie = await signedInCookie(context, personId);
    const lessonIds = world.course.lessons.map(({ id }) => id);
    learners.push({ personId, cookie, enrollmentId, lessonIds });
  }
  return learners;
}
