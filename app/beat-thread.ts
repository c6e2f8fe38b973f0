import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase, type DatabaseClient } from '~db/client.server';
import {
  packAnswers,
  unpackBeats,
  type AskedOfGroup,
  type ToldOfGroup,
} from './beat-thread-messages';
import { createBeatStore, type BeatStore } from './domain/class-hours/beat-store.server';
import type { WatchSession } from './domain/class-hours/watch-session.server';
import type { OpenedInThread } from './start-beat-thread';

// The thread that stores beats (start-beat-thread.ts), one group after the other, by the clock of the thread that
// serves.
const { url, zone, ...opening } = workerData as OpenedInThread & { zone: string };
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
    const client = openDatabase(url, opening);
    opened = { client, store: createBeatStore({ db: client.db, clock, zone }) };
  }
  return opened.store;
}

const nextTurn = () => new Promise<false>((resolve) => setImmediate(resolve, false));

async function store(asked: AskedOfGroup): Promise<void> {
  const { group } = asked;
  const tell = (told: ToldOfGroup) => port.postMessage(told);
  try {
    const { now: at, posts } = unpackBeats(asked, sessions);
    now = at;
    const { answers, durable } = await open().store(posts);
    // Most often it is committed by now; a commit that is under way leaves time to begin with the next group.
    const isCommitted = await Promise.race([durable.then(() => true), nextTurn()]);
    tell({ group, answers: packAnswers(answers, reached), isCommitted });
    if (isCommitted) return;
    await durable;
    tell({ group, isCommitted: true });
  } catch (thrown) {
    const { name, message, stack, code } = thrown as Error & { code?: string };
    tell({ group, failed: { name, message, stack, code } });
  }
}

port.on('message', (asked: AskedOfGroup | null) => {
  if (asked) void store(asked);
  else void Promise.resolve(opened?.client.close()).finally(() => port.close());
});
