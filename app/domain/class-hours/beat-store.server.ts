import type { Db } from '~db/client.server';
import type { Clock } from '~/infra/clock.server';
import { recordBeats, type BeatAnswer, type BeatPost } from './record-beats.server';
import { StudyMemory } from './study-memory.server';

/** Where the beats of requests that came together are stored: one durable transaction for each group. */
export interface BeatStore {
  /** Stores them in their order and answers each; throws when nothing of them was stored. One group at a time. */
  store(posts: readonly BeatPost[]): Promise<BeatAnswer[]>;
  /** Ends what serves the store, once nothing is under way. */
  close(): Promise<void>;
}

/** A store in this thread, with a memory of its own of those who study; `zone` cuts the days. */
export function createBeatStore({
  db,
  clock,
  zone,
}: {
  db: Db;
  clock: Clock;
  zone: string;
}): BeatStore {
  const memory = new StudyMemory();
  return {
    async store(posts) {
      try {
        return await db.transaction().execute((trx) => {
          const reached = (moment: number) => clock.reach?.(moment);
          return recordBeats(trx, posts, { zone, now: clock.now(), reached, memory });
        });
      } catch (error) {
        for (const { session } of posts) memory.forget(session.personId);
        throw error;
      }
    },
    close: () => Promise.resolve(),
  };
}
