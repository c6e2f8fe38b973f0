import { Worker } from 'node:worker_threads';
import type { openDatabase } from '~db/client.server';
import {
  packBeats,
  unpackAnswers,
  type AskedOfGroup,
  type SessionNumbers,
  type ToldOfGroup,
} from './beat-thread-messages';
import type { BeatStore, StoredGroup } from './domain/class-hours/beat-store.server';
import { Unavailable } from './domain/shared/errors';
import type { Clock } from './infra/clock.server';

/** A store in a thread. */
export interface BeatThread extends BeatStore {
  /** Ends the thread at once, whatever it is doing. */
  terminate(): Promise<void>;
}

/** The database that the thread opens for itself, and how. */
export type OpenedInThread = { url: string } & NonNullable<Parameters<typeof openDatabase>[1]>;

/**
 * Some twice what all learners and sessions that it may remember would take, reckoned from 39 MB with 10,000 of each.
 * Under a limit as small as this the runtime collects long before as much is dead as alive; each beat leaves
 * old figures of its learner behind.
 */
const MOST_HEAP_MB = 256;

interface Thread {
  worker: Worker;
  known: SessionNumbers;
  groups: Map<number, Group>;
}

/** One that the thread was asked to store and that is not committed yet. */
interface Group {
  answered: (stored: StoredGroup) => void;
  committed: () => void;
  failed: (error: Error) => void;
}

/**
 * A store of beats in a thread of its own: requests are read and answered while a group is written. It stores at
 * the moment of this thread's clock. One that dies answers what it was asked as unavailable, and the next group
 * starts another, for which `opening` is asked again.
 */
export function startBeatThread(given: {
  opening: () => OpenedInThread;
  clock: Clock;
  zone: string;
  lost: (error: Error) => void;
}): BeatThread {
  const { clock, zone } = given;
  let running: Thread | undefined;
  let asked = 0;

  const hear = ({ groups }: Thread, told: ToldOfGroup): void => {
    const group = groups.get(told.group);
    if (!group) return;
    if ('failed' in told) group.failed(Object.assign(new Error(), told.failed));
    else if ('answers' in told) {
      const { answers, reached } = unpackAnswers(told.answers);
      clock.reach?.(reached);
      const durable = new Promise<void>((resolve, reject) => {
        group.committed = resolve;
        group.failed = reject;
      });
      group.answered({ answers, durable });
    }
    if ('failed' in told || told.isCommitted) {
      group.committed();
      groups.delete(told.group);
    }
  };

  const start = (): Thread => {
    const worker = new Worker(program, {
      workerData: { ...given.opening(), zone },
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    });
    const thread: Thread = { worker, known: new Map(), groups: new Map() };
    worker.unref();
    worker.on('message', (told: ToldOfGroup) => hear(thread, told));
    const end = (error: Error) => {
      if (running !== thread) return;
      running = undefined;
      given.lost(error);
      for (const { failed } of thread.groups.values()) failed(new Unavailable('cannot-store'));
    };
    worker.on('error', end);
    worker.on('exit', (code) => end(new Error(`The thread that stores beats ended with ${code}.`)));
    return thread;
  };
  running = start();

  return {
    store(posts) {
      const { worker, known, groups } = (running ??= start());
      const number = (asked += 1);
      return new Promise((answered, failed) => {
        groups.set(number, { answered, failed, committed: () => undefined });
        const packed: AskedOfGroup = { group: number, ...packBeats(clock.now(), posts, known) };
        worker.postMessage(packed);
      });
    },
    async terminate() {
      await running?.worker.terminate();
    },
    async close() {
      const thread = running;
      running = undefined;
      if (!thread) return;
      const ended = new Promise((resolve) => thread.worker.once('exit', resolve));
      thread.worker.ref();
      thread.worker.postMessage(null);
      await ended;
    },
  };
}

// In the bundle the thread's program lies beside this one (vite.config.ts).
const bundled = !import.meta.url.endsWith('.ts');
const name = bundled ? 'beat-thread.js' : 'testing-beat-thread.mjs';
const program = new URL(`./${name}`, import.meta.url);
