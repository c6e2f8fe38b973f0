import type { Db } from '~db/client.server';
import type { Clock } from '~/infra/clock.server';
import { isStorageFault } from '~/infra/storage-fault.server';
import { countsByProcess } from './moment.server';
import { recordBeats, type BeatAnswer, type BeatPost } from './record-beats.server';
import { StudyMemory } from './study-memory.server';

/** A group that is stored; nobody is told their answer before it is durable too. */
export interface StoredGroup {
  answers: BeatAnswer[];
  /** Resolves when the disk has it, and throws when it may not; the next group need not wait for that. */
  durable: Promise<void>;
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

/**
 * Whether what was remembered may be the reason: another process may have stored what this one did not know of, and
 * the database have found a beat of it, or a deadlock, before RowsMissing was found.
 */
function mayBeOvertaken(error: unknown): boolean {
  return !isStorageFault(error) || (error as { code?: unknown }).code === DEADLOCK;
}

const DEADLOCK = '40P01';

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
  const forget = (posts: readonly BeatPost[]) => {
    for (const { session } of posts) memory.forget(session.personId);
  };

  const record = async (posts: readonly BeatPost[], trusting: boolean): Promise<StoredGroup> => {
    let written: (answers: BeatAnswer[]) => void = () => undefined;
    const answering = new Promise<BeatAnswer[]>((resolve) => (written = resolve));
    const committed = db.transaction().execute(async (trx) => {
      const now = clock.now();
      const answers = await recordBeats(trx, posts, { zone, now, reached, memory, trusting });
      written(answers);
      return answers;
    });
    // Whoever waits for the group hears of this too; nobody may build on what was not committed.
    committed.catch(() => forget(posts));
    try {
      const answers = await Promise.race([answering, committed]);
      return { answers, durable: committed.then(() => undefined) };
    } catch (error) {
      if (trusting && mayBeOvertaken(error)) return record(posts, false);
      throw error;
    }
  };

  const ownClock = countsByProcess(db);
  let heldAt = -Infinity;
  return {
    async store(posts) {
      const trusting = ownClock || performance.now() - heldAt < TRUSTED_MS;
      if (!trusting) heldAt = performance.now();
      return record(posts, trusting);
    },
    close: () => Promise.resolve(),
  };
}
