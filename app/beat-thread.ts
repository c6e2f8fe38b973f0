import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase, type DatabaseClient } from '~db/client.server';
import {
  packAnswers,
  unpackBeats,
  type BeatsToStore,
  type StoredBeats,
} from './beat-thread-messages';
import { createBeatStore, type BeatStore } from './domain/class-hours/beat-store.server';
import type { WatchSession } from './domain/class-hours/watch-session.server';

// The thread that stores beats on SQLite (start-beat-thread.ts): one group at a time, under the turn and the clock of
// the thread that serves.
const { url, zone, emptyLog } = workerData as { url: string; zone: string; emptyLog: boolean };
const port = parentPort!;
let now = 0;
let reached = 0;
const sessions: WatchSession[] = [];
let opened: { client: DatabaseClient; store: BeatStore } | undefined;

function open(): BeatStore {
  if (!opened) {
    const clock = {
      now: () => now,
      reach: (moment: number) => {
        reached = Math.max(reached, moment);
      },
    };
    const client = openDatabase(url, { flushesLater: true, emptyLog });
    opened = { client, store: createBeatStore({ db: client.db, clock, zone }) };
  }
  return opened.store;
}

async function store(asked: BeatsToStore): Promise<StoredBeats> {
  try {
    const { now: at, posts } = unpackBeats(asked, sessions);
    now = at;
    const { answers, durable } = await open().store(posts);
    await durable;
    return packAnswers(answers, reached);
  } catch (thrown) {
    const { name, message, stack, code } = thrown as Error & { code?: string };
    return { failed: { name, message, stack, code } };
  }
}

port.on('message', (asked: BeatsToStore | null) => {
  if (asked) {
    void store(asked).then((stored) => port.postMessage(stored));
    return;
  }
  void Promise.resolve(opened?.client.close()).finally(() => port.close());
});
