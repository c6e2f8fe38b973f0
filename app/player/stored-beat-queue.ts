import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import type { Beat, QueuedBeat } from './beat';
import { inOrder, MemoryBeatQueue, type BeatQueue, type OpenStretch } from './beat-queue';

type Kind = 'beat' | 'open' | 'aside';
type Key = [learnerId: string, kind: Kind, sessionId: string, seq: number];
interface Entry {
  beat: Beat;
  savedAt: number;
}

/** The queue in the browser's own database: it outlives the page, the browser and a flat battery. */
class StoredBeatQueue implements BeatQueue {
  readonly #store: UseStore;

  constructor(store: UseStore) {
    this.#store = store;
  }

  add(learnerId: string, { sessionId, beat }: QueuedBeat): Promise<void> {
    return this.#write((store) => {
      store.put({ beat, savedAt: Date.now() }, key(learnerId, 'beat', sessionId, beat.seq));
      store.delete(key(learnerId, 'open', sessionId, 0));
    });
  }

  saveOpen(learnerId: string, { sessionId, beat, savedAt }: OpenStretch): Promise<void> {
    return this.#write((store) => {
      store.put({ beat, savedAt }, key(learnerId, 'open', sessionId, 0));
    });
  }

  forgetOpen(learnerId: string, sessionId: string): Promise<void> {
    return this.#write((store) => {
      store.delete(key(learnerId, 'open', sessionId, 0));
    });
  }

  async list(learnerId: string): Promise<QueuedBeat[]> {
    const entries = await this.#read(learnerId, 'beat');
    return entries.map(([{ 2: sessionId }, { beat }]) => ({ sessionId, beat })).sort(inOrder);
  }

  async listOpen(learnerId: string): Promise<OpenStretch[]> {
    const entries = await this.#read(learnerId, 'open');
    return entries.map(([{ 2: sessionId }, entry]) => ({ sessionId, ...entry }));
  }

  remove(learnerId: string, beats: readonly QueuedBeat[]): Promise<void> {
    return this.#write((store) => {
      for (const { sessionId, beat } of beats)
        store.delete(key(learnerId, 'beat', sessionId, beat.seq));
    });
  }

  setAside(learnerId: string, beats: readonly QueuedBeat[]): Promise<void> {
    return this.#write((store) => {
      for (const { sessionId, beat } of beats) {
        store.delete(key(learnerId, 'beat', sessionId, beat.seq));
        store.put({ beat, savedAt: Date.now() }, key(learnerId, 'aside', sessionId, beat.seq));
      }
    });
  }

  #write(change: (store: IDBObjectStore) => void): Promise<void> {
    return this.#store('readwrite', (store) => {
      change(store);
      return promisifyRequest(store.transaction);
    });
  }

  #read(learnerId: string, kind: Kind): Promise<[Key, Entry][]> {
    const range = IDBKeyRange.bound([learnerId, kind], [learnerId, kind, []]);
    return this.#store('readonly', async (store) => {
      const [keys, values] = await Promise.all([
        promisifyRequest(store.getAllKeys(range)),
        promisifyRequest<unknown[]>(store.getAll(range)),
      ]);
      return keys.map((found, n): [Key, Entry] => [found as Key, values[n] as Entry]);
    });
  }
}

function key(...parts: Key): Key {
  return parts;
}

let opened: Promise<{ queue: BeatQueue; durable: boolean }> | undefined;

/** The device's queue; not durable where the browser refuses a database (some private windows). */
export function openBeatQueue(): Promise<{ queue: BeatQueue; durable: boolean }> {
  opened ??= (async () => {
    try {
      const queue = new StoredBeatQueue(createStore('jiangxue-study', 'beats'));
      await queue.list('');
      return { queue, durable: true };
    } catch {
      return { queue: new MemoryBeatQueue(), durable: false };
    }
  })();
  return opened;
}
