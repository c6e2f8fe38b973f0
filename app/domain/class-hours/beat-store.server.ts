import type { Db } from '~db/client.server';
import { RowsMissing } from '~db/row-statement';
import type { Clock } from '~/infra/clock.server';
import { countsByProcess } from './moment.server';
import { recordBeats, type BeatAnswer, type BeatPost } from './record-beats.server';
import { StudyMemory } from './study-memory.server';

/** A group that is stored; nobody is told their answer before it is durable too. */
export interface StoredGroup {
  answers: BeatAnswer[];
  /** Resolves when the disk has it, and throws when it may not; undefined where it has it. The next group can go. */
  durable: Promise<void> | undefined;
}

/** Where the beats of requests that came together are stored: one transaction for each group. */
export interface BeatStore {
  /** Stores them in their order and answers each; throws when nothing of them was stored. One group at a time. */
  store(posts: readonly BeatPost[]): Promise<StoredGroup>;
  /** Ends what serves the store, once nothing is under way. */
  close(): Promise<void>;
}

/** How long this process's clock is taken for the database's, which each lock tells and it does not fall behind. */
const TRUSTED_MS = 5_000;

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
  const reached = (moment: number) => clock.reach?.(moment);

  let heldAt = -Infinity;

  const record = async (posts: readonly BeatPost[], trusting: boolean): Promise<BeatAnswer[]> => {
    try {
      return await db.transaction().execute((trx) => {
        const now = clock.now();
        return recordBeats(trx, posts, { zone, now, reached, memory, trusting });
      });
    } catch (error) {
      for (const { session } of posts) memory.forget(session.personId);
      if (trusting && error instanceof RowsMissing) return record(posts, false);
      throw error;
    }
  };

  const ownClock = countsByProcess(db);
  return {
    async store(posts) {
      const trusting = ownClock || performance.now() - heldAt < TRUSTED_MS;
      if (!trusting) heldAt = performance.now();
      return { answers: await record(posts, trusting), durable: undefined };
    },
    close: () => Promise.resolve(),
  };
}
