import { WriteAheadLog } from '~db/write-ahead-log';
import type { WriteTurns } from '~db/write-turns';
import type { Clock } from './infra/clock.server';
import { startBeatThread, type BeatThread } from './start-beat-thread';

/** A thread that stores beats in a SQLite file. */
export interface FlushedBeatStore extends BeatThread {
  /** What the disk is waited for by. */
  log: WriteAheadLog;
}

/**
 * The store of beats on SQLite: the thread writes only when it is the turn of a group, and the disk is waited for
 * beside it, while the next group is written.
 */
export function openFlushedBeatStore(given: {
  file: string;
  turns: WriteTurns;
  clock: Clock;
  zone: string;
  lost: (error: Error) => void;
}): FlushedBeatStore {
  const { file, turns, ...others } = given;
  const log = new WriteAheadLog(file);
  /** The thread stores nothing before it has emptied the log. */
  let emptiesLog = false;
  const opening = () => {
    emptiesLog = log.broken;
    return { url: `file:${file}`, flushesLater: true, emptyLog: emptiesLog };
  };
  const thread = startBeatThread({ ...others, opening });

  const flush = async (): Promise<void> => {
    try {
      await log.flush();
    } catch (error) {
      // The next thread begins by emptying the log, and stores nothing before it can.
      await thread.terminate();
      throw error;
    }
  };

  return {
    log,
    async store(posts) {
      // Most often the group is on its way before the caller goes on.
      const endTurn = turns.takeNow() ?? (await turns.take());
      try {
        const { answers, durable: committed } = await thread.store(posts);
        await committed;
        if (emptiesLog) emptiesLog = log.broken = false;
        return { answers, durable: flush() };
      } finally {
        endTurn();
      }
    },
    terminate: () => thread.terminate(),
    async close() {
      await log.close();
      await thread.close();
    },
  };
}
