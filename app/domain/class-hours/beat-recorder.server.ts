import { isStorageFault } from '~/infra/storage-fault.server';
import { Unavailable } from '../shared/errors';
import type { BeatStore } from './beat-store.server';
import type { BeatAnswer, BeatPost } from './record-beats.server';

const POSTS_A_GROUP = 256;
const BEATS_A_GROUP = 2_000;
/** More than this is not waiting but a database that does not keep up. */
const LONGEST_QUEUE = 20_000;

const LEAST_MANY = 16;

type Answering = () => void;

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
  let enough: (() => void) | undefined;
  /** So many are stored before what was stored last is durable; fewer wait for more to come with them. */
  let many = LEAST_MANY;

  /** Resolves when the next group can be stored, to what resolves when this one can be answered, and by what. */
  const storeGroup = async (group: Waiting[]): Promise<{ outcome: Promise<Answering> }> => {
    many = Math.max(LEAST_MANY, group.length);
    const refuse = (reason: unknown) => () => group.forEach(({ reject }) => reject(reason));
    try {
      const { answers, durable } = await store.store(group.map(({ post }) => post));
      const answer = () => group.forEach(({ resolve }, index) => resolve(answers[index]!));
      return {
        outcome: durable.then(
          () => answer,
          () => refuse(cannotStore()),
        ),
      };
    } catch (error) {
      // One that cannot be stored must not take the others with it; a fault of the storage meets all.
      if (isFault(error)) return { outcome: Promise.resolve(refuse(cannotStore())) };
      if (group.length === 1) return { outcome: Promise.resolve(refuse(error)) };
      const outcomes: Promise<Answering>[] = [];
      for (const one of group) outcomes.push((await storeGroup([one])).outcome);
      const all = Promise.all(outcomes);
      return { outcome: all.then((each) => () => each.forEach((answer) => answer())) };
    }
  };

  const run = async (): Promise<void> => {
    // Requests that are being read now join.
    await nextTurn();
    for (let storing = storeGroup(takeGroup(queue)); ;) {
      const { outcome } = await storing;
      const isEnough = new Promise<undefined>((resolve) => (enough = () => resolve(undefined)));
      if (queue.length >= many) enough?.();
      const answering = await Promise.race([outcome, isEnough]);
      enough = undefined;
      const isLast = queue.length === 0;
      // The next group is on its way before this one is answered.
      if (!isLast) storing = storeGroup(takeGroup(queue));
      else running = undefined;
      if (answering) answering();
      else {
        const earlier = settled;
        settled = outcome.then((answer) => answer()).then(() => earlier);
      }
      if (isLast) return;
    }
  };

  return {
    record(post) {
      if (queue.length >= LONGEST_QUEUE) return Promise.reject(cannotStore());
      return new Promise((resolve, reject) => {
        queue.push({ post, resolve, reject });
        running ??= run();
        if (queue.length >= many) enough?.();
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
