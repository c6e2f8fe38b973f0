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
   * Answers once the beats are durable or finally refused. A learner's requests are stored in the order in which
   * they came. Throws Unavailable when they cannot be stored now; nothing of them is stored then.
   */
  record(post: BeatPost): Promise<BeatAnswer>;
  /** Waits until nothing is under way, and ends the store. */
  close(): Promise<void>;
}

/** Creates the recorder of this process. */
export function createBeatRecorder(store: BeatStore): BeatRecorder {
  const queue: Waiting[] = [];
  /** Whose beats are being stored: what else comes of theirs waits. */
  const busy = new Set<string>();
  /** One stores group after group; `going` are those that look for another once they are done. */
  const rounds = new Set<Promise<void>>();
  let going = 0;

  /** Resolves to what answers each of the group. */
  const storeGroup = async (group: Waiting[]): Promise<() => void> => {
    try {
      const answers = await store.store(group.map(({ post }) => post));
      return () => group.forEach(({ resolve }, index) => resolve(answers[index]!));
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

  const storeNext = (): Promise<() => void> | undefined => {
    const group = takeGroup(queue, busy);
    if (group.length === 0) {
      going -= 1;
      return undefined;
    }
    for (const { post } of group) busy.add(post.session.personId);
    return storeGroup(group).finally(() => {
      for (const { post } of group) busy.delete(post.session.personId);
    });
  };

  const run = async (): Promise<void> => {
    // Requests that are being read now join.
    await nextTurn();
    for (let storing = storeNext(); storing;) {
      const answer = await storing;
      // What came meanwhile is being stored while these are answered.
      storing = storeNext();
      answer();
    }
  };

  return {
    record(post) {
      if (queue.length >= LONGEST_QUEUE) return Promise.reject(cannotStore());
      return new Promise((resolve, reject) => {
        queue.push({ post, resolve, reject });
        if (going === store.groupsAtOnce) return;
        going += 1;
        const round = run().finally(() => rounds.delete(round));
        rounds.add(round);
      });
    },
    async close() {
      await Promise.all(rounds);
      await store.close();
    },
  };
}

/** Takes the first requests that may share a transaction, without those of learners who are busy. */
function takeGroup(queue: Waiting[], busy: ReadonlySet<string>): Waiting[] {
  const group: Waiting[] = [];
  const passed: Waiting[] = [];
  let beats = 0;
  let looked = 0;
  for (const one of queue) {
    if (group.length === POSTS_A_GROUP) break;
    if (!busy.has(one.post.session.personId)) {
      beats += one.post.beats.length;
      if (group.length > 0 && beats > BEATS_A_GROUP) break;
      group.push(one);
    } else passed.push(one);
    looked += 1;
  }
  queue.splice(0, looked, ...passed);
  return group;
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

const isFault = (error: unknown): boolean => error instanceof Unavailable || isStorageFault(error);

const cannotStore = () =>
  new Unavailable(
    'cannot-store',
    5,
    'The beats could not be stored now. Keep them and send them again; nothing was counted twice or lost.',
  );
