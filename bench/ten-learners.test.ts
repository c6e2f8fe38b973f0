import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { reconcile } from '~/domain/class-hours/reconcile.server';
import { createDrivenClock, type DrivenClock } from '~/infra/clock.server';
import { startTestServer, type TestServer } from '~/routes/api/testing-server.server';
import { live, stories as all } from './learner-stories';
import { makeLearners } from './learners-world';
import { readCredit, type BenchLearner, type StudyApi } from './study-player';

const stories = all.filter(({ long }) => !long);
let client: DatabaseClient;
let clock: DrivenClock;
let server: TestServer;
let learners: BenchLearner[];
let api: StudyApi;

beforeAll(async () => {
  client = await openTestDatabase({ clockDriven: true });
  clock = createDrivenClock();
  server = await startTestServer(client, clock);
  learners = await makeLearners(client, stories, clock.now());
  api = {
    call: (learner, method, path, body) => server.call(learner.personId, method, path, body),
    advance: (byMs) => Promise.resolve(clock.advance(byMs)),
  };
});
afterAll(async () => {
  await server.close();
  await client.close();
});

test.each(stories.map((story, index) => [story.title, index] as const))(
  'a learner gets what is right by arithmetic: %s',
  async (_title, index) => {
    const learner = learners[index]!;
    const { expectedMs, realTimeMs } = await live(stories[index]!, api, learner);
    const creditedMs = await readCredit(api, learner);
    expect(creditedMs).toBe(expectedMs);
    expect(creditedMs).toBeLessThanOrEqual(realTimeMs);
  },
);

test('and a recount of all of it finds no difference', async () => {
  expect(await reconcile(client.db, 'Asia/Shanghai')).toEqual([]);
});
