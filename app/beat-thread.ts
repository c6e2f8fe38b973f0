import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase, type DatabaseClient } from '~db/client.server';
import type { BeatsToStore, StoredBeats } from './beat-thread-messages';
import { createBeatStore, type BeatStore } from './domain/class-hours/beat-store.server';

// The thread that stores beats on SQLite (start-beat-thread.ts): one group at a time, under the turn and the clock of
// the thread that serves. Texts cross between the two, since objects are copied slower than they are written as JSON.
const { url, zone } = workerData as { url: string; zone: string };
const port = parentPort!;
let now = 0;
let reached = 0;
let opened: { client: DatabaseClient; store: BeatStore } | undefined;

function open(): BeatStore {
  if (!opened) {
    const clock = {
      now: () => now,
      reach: (moment: number) => {
        reached = Math.max(reached, moment);
      },
    };
    const client = openDatabase(url);
    opened = { client, store: createBeatStore({ db: client.db, clock, zone }) };
  }
  return opened.store;
}

async function store(text: string): Promise<StoredBeats> {
  try {
    const asked = JSON.parse(text) as BeatsToStore;
    now = asked.now;
    return { answers: await open().store(asked.posts), reached };
  } catch (thrown) {
    const { name, message, stack, code } = thrown as Error & { code?: string };
    return { failed: { name, message, stack, code } };
  }
}

port.on('message', (text: string | null) => {
  if (text !== null) {
    void store(text).then((stored) => port.postMessage(JSON.stringify(stored)));
    return;
  }
  void Promise.resolve(opened?.client.close()).finally(() => port.close());
});
