import { Worker } from 'node:worker_threads';
import { WriteAheadLog } from '~db/write-ahead-log';
import type { WriteTurns } from '~db/write-turns';
import {
  packBeats,
  unpackAnswers,
  type SessionNumbers,
  type StoredBeats,
} from './beat-thread-messages';
import type { BeatStore } from './domain/class-hours/beat-store.server';
import type { BeatPost } from './domain/class-hours/record-beats.server';
import { Unavailable } from './domain/shared/errors';
import type { Clock } from './infra/clock.server';

/** A store in a thread. */
export interface BeatThread extends BeatStore {
  /** What the disk is waited for by. */
  log: WriteAheadLog;
  /** Ends the thread at once, whatever it is doing. */
  terminate(): Promise<void>;
}

/**
 * Some twice what all learners and sessions that it may remember would take, reckoned from 39 MB with 10,000 of each.
 * Under a limit as small as this the runtime collects long before as much is dead as alive; each beat leaves
 * old figures of its learner behind.
 */
const MOST_HEAP_MB = 256;

interface Thread {
  worker: Worker;
  known: SessionNumbers;
  /** It stores nothing before the log is emptied. */
  emptiedLog: boolean;
  /** Answers the group that is under way. */
  settle: ((stored: StoredBeats | Error) => void) | undefined;
}

/**
 * A store of beats in a thread of its own, for SQLite: requests are read and answered while a group is written and
 * the disk is waited for, and the next group while the disk is waited for by this thread. The thread writes only
 * when it is the turn of a group, and at the moment of this thread's clock. One that dies answers its group as
 * unavailable, and the next group starts another.
 */
export function startBeatThread(given: {
  file: string;
  turns: WriteTurns;
  clock: Clock;
  zone: string;
  lost: (error: Error) => void;
}): BeatThread {
  const { file, turns, clock, zone } = given;
  const log = new WriteAheadLog(file);
  let running: Thread | undefined;

  const start = (): Thread => {
    const worker = new Worker(program, {
      workerData: { url: `file:${file}`, zone, emptyLog: log.broken },
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    });
    const thread: Thread = {
      worker,
      known: new Map(),
      emptiedLog: log.broken,
      settle: undefined,
    };
    worker.unref();
    worker.on('message', (stored: StoredBeats) => thread.settle?.(stored));
    const end = (error: Error) => {
      if (running !== thread) return;
      running = undefined;
      given.lost(error);
      thread.settle?.(new Unavailable('cannot-store'));
    };
    worker.on('error', end);
    worker.on('exit', (code) => end(new Error(`The thread that stores beats ended with ${code}.`)));
    return thread;
  };
  running = start();

  const ask = (posts: readonly BeatPost[]): Promise<StoredBeats | Error> => {
    const thread = (running ??= start());
    return new Promise((resolve) => {
      thread.settle = resolve;
      thread.worker.postMessage(packBeats(clock.now(), posts, thread.known));
    });
  };

  const flush = async (thread: Thread | undefined): Promise<void> => {
    try {
      await log.flush();
    } catch (error) {
      // The next thread begins by emptying the log, and stores nothing before it can.
      await thread?.worker.terminate();
      throw error;
    }
  };

  return {
    log,
    async store(posts) {
      // Most often the group is on its way before the caller goes on.
      const endTurn = turns.takeNow() ?? (await turns.take());
      try {
        const stored = await ask(posts);
        if (stored instanceof Error) throw stored;
        if ('failed' in stored) throw Object.assign(new Error(), stored.failed);
        const { answers, reached } = unpackAnswers(stored);
        clock.reach?.(reached);
        if (running?.emptiedLog === true) running.emptiedLog = log.broken = false;
        return { answers, durable: flush(running) };
      } finally {
        endTurn();
      }
    },
    async terminate() {
      await running?.worker.terminate();
    },
    async close() {
      const thread = running;
      running = undefined;
      await log.close();
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
