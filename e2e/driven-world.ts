import { ask } from './actors';
import { startWorld, test as base, type World } from './world';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SHANGHAI_MS = 8 * HOUR_MS;

/** A world of its own, in which time passes only as it is told to. */
export const test = base.extend<object, { world: World }>({
  world: [
    async ({}, provide) => {
      const world = await startWorld({ CLOCK: 'driven' });
      await provide(world);
      await world.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

/** Lets time pass. Returns the moment it is then. */
export async function advance(world: World, advanceMs: number): Promise<number> {
  const answer = await ask(world, '/api/clock', { json: { advanceMs } });
  if (answer.status !== 200) throw new Error(`the clock was not moved: ${answer.status}`);
  return Date.parse(((await answer.json()) as { now: string }).now);
}

/** Moves time on to ten in the morning of the next day in Shanghai, so that no midnight is near. Returns the day. */
export async function toNextMorning(world: World): Promise<string> {
  const now = await advance(world, 0);
  const intoDay = (now + SHANGHAI_MS) % DAY_MS;
  const morning = await advance(world, DAY_MS - intoDay + 10 * HOUR_MS);
  return new Date(morning + SHANGHAI_MS).toISOString().slice(0, 10);
}
