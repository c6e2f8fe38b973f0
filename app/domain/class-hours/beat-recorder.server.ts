import { isStorageFault } from '~/infra/storage-fault.server';
import { Unavailable } from '../shared/errors';
import type { BeatStore } from './beat-store.server';
import type { BeatAnswer, BeatPost } from './record-beats.server';

const POSTS_A_GROUP = 256;
const BEATS_A_GROUP = 2_000;
/** More than this is not waiting but a database that does not keep up. */
const LONGEST_QUEUE = 20_000;

interface Waiting {
  post: BeatPost;
  resolve: (answer: BeatAnswer) => void;
  reject: (error: unknown) => void;
}

/** One for a server process: what arrives together is stored in one transaction (group commit). */
export interface BeatRecorder {
  /**
   * Answers once the beats are durable or finally refused. Requests are stored in the order in which they
   * came. Throws Unavailable when they cannot be stored now; nothing of them is stored then.
   */
  record(post: BeatPost): Promise<BeatAnswer>;
  /** Waits until nothing is under way, and ends the store. */
  close(): Promise<void>;
}

/** Creates the recorder of this process. */
export function createBeatRecorder(store: BeatStore): BeatRecorder {
  const queue: Waiting[] = [];
  let running: Promise<void> | undefined;
  let settled: Promise<unknown> = Promise.resolve();

  /** Resolves to what answers each of the group, when the next one can be stored. */
  const storeGroup = async (group: Waiting[]): Promise<() => void> => {
    try {
      const { answers, durable } = await store.store(group.map(({ post }) => post));
      const answer = () => group.forEach(({ resolve }, index) => resolve(answers[index]!));
      const lost = () => group.forEach(({ reject }) => reject(cannotStore()));
      const earlier = settled;
      settled = durable.then(answer, lost).then(() => earlier);
      return () => undefined;
    } catch (error) {
      // One that cannot be stored must not take the others with it; a fault of the storage meets all.
      if (group.length === 1 || isFault(error)) {
        const reason = isFault(error) ? cannotStore() : error;
        return () => group.forEach(({ reject }) => reject(reason));
      }
      const answers: (() => void)[] = [];
      for (const one of group) answers.push(await storeGroup([one]));
      return () => answers.forEach((answer) => answer());
    }
  };

  const run = async (): Promise<void> => {
    // Requests that are being read now join.
    await nextTurn();
    for (let storing = storeGroup(takeGroup(queue)); ;) {
      const answer = await storing;
      if (queue.length === 0) {
        running = undefined;
        return answer();
      }
      // What came meanwhile is being stored while these are answered.
      storing = storeGroup(takeGroup(queue));
      answer();
    }
  };

  return {
    record(post) {
      if (queue.length >= LONGEST_QUEUE) return Promise.reject(cannotStore());
      return new Promise((resolve, reject) => {
        queue.push({ post, resolve, reject });
        running ??= run();
      });
    },
    async close() {
      await running;
      await settled;
      await store.close();
    },
  };
}

function takeGroup(queue: Waiting[]): Waiting[] {
  let beats = 0;
  let posts = 0;
  while (posts < queue.length && posts < POSTS_A_GROUP) {
    beats += queue[posts]!.post.beats.length;
    if (posts > 0 && beats > BEATS_A_GROUP) break;
    posts += 1;
  }
  return queue.splice(0, posts);
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

const isFault = (error: unknown): boolean => error instanceof Unavailable || isStorageFault(error);

const cannotStore = () =>
  new Unavailable(
    'cannot-store',
    5,
    'The beats could not be stored now. Keep them and send them again; nothing was counted twice or lost.',
  );
