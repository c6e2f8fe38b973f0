import type { Db } from '~db/client.server';
import type { Clock } from '~/infra/clock.server';
import { isStorageFault } from '~/infra/storage-fault.server';
import { Unavailable } from '../shared/errors';
import { recordBeats, type BeatAnswer, type BeatPost } from './record-beats.server';
import { StudyMemory } from './study-memory.server';

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
   * Answers once the beats are durable or finally refused. Requests are stored in the order in which they came.
   * Throws Unavailable when they cannot be stored now; nothing of them is stored then.
   */
  record(post: BeatPost): Promise<BeatAnswer>;
  /** Waits until nothing is under way. */
  idle(): Promise<void>;
}

/** Creates the recorder of this process; `zone` cuts the days. */
export function createBeatRecorder({
  db,
  clock,
  zone,
}: {
  db: Db;
  clock: Clock;
  zone: string;
}): BeatRecorder {
  const queue: Waiting[] = [];
  const memory = new StudyMemory();
  let running: Promise<void> | undefined;

  const store = (posts: BeatPost[]) =>
    db.transaction().execute((trx) => {
      const reached = (moment: number) => clock.reach?.(moment);
      return recordBeats(trx, posts, { zone, now: clock.now(), reached, memory });
    });

  const storeGroup = async (group: Waiting[]): Promise<void> => {
    try {
      const answers = await store(group.map(({ post }) => post));
      group.forEach(({ resolve }, index) => resolve(answers[index]!));
    } catch (error) {
      for (const { post } of group) memory.forget(post.session.personId);
      // One that cannot be stored must not take the others with it; a fault of the storage meets all.
      if (group.length === 1 || isStorageFault(error)) {
        for (const { reject } of group) reject(explain(error));
      } else {
        for (const one of group) await storeGroup([one]);
      }
    }
  };

  const run = async (): Promise<void> => {
    // Requests that are being read now join; SQLite answers within one turn of the event loop.
    for (await nextTurn(); queue.length > 0; await nextTurn()) await storeGroup(takeGroup(queue));
    running = undefined;
  };

  return {
    record(post) {
      if (queue.length >= LONGEST_QUEUE) return Promise.reject(cannotStore());
      return new Promise((resolve, reject) => {
        queue.push({ post, resolve, reject });
        running ??= run();
      });
    },
    idle: () => running ?? Promise.resolve(),
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

const cannotStore = () =>
  new Unavailable(
    'cannot-store',
    5,
    'The beats could not be stored now. Keep them and send them again; nothing was counted twice or lost.',
  );

function explain(error: unknown): unknown {
  return isStorageFault(error) ? cannotStore() : error;
}
