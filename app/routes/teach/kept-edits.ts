import { createStore, del, entries, set } from 'idb-keyval';
import { fromBase64, toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';

const LAST_WORDS = 'jiangxue-lesson-text ';

/** What was written here and has not reached the server, over a closed browser too. */
export interface KeptEdits {
  /** Merges what earlier visits of this person left; answers whether there was anything. */
  restore(): Promise<boolean>;
  /** Keeps what is not durable yet. */
  keep(): void;
  /** The page is being left: keeps what the browser's store may not write any more. */
  keepAtOnce(): void;
  /** Everything in the document is durable: nothing needs keeping. */
  forget(): void;
}

/** Opens the store of edits that this person wrote into this lesson's text and that are not saved. */
export function openKeptEdits(personId: string, lessonId: string, doc: Y.Doc): KeptEdits {
  const store = createStore('jiangxue-lesson-texts', 'kept');
  const prefix = `${personId} ${lessonId} `;
  const key = `${prefix}${doc.clientID}`;
  let durable = Y.encodeStateVector(doc);
  let merged: string[] = [];
  let wanted: 'keep' | 'forget' | undefined;
  let running = false;

  const run = async (): Promise<void> => {
    running = true;
    while (wanted) {
      const now = wanted;
      wanted = undefined;
      try {
        if (now === 'keep') await set(key, Y.encodeStateAsUpdate(doc, durable), store);
        else await Promise.all([key, ...merged].map((one) => del(one, store)));
        if (now === 'forget') for (const one of [key, ...merged]) lastWords.delete(one);
      } catch {
        // Storage is full or switched off: the text is still in the page, and the page warns.
      }
    }
    running = false;
  };
  const want = (what: 'keep' | 'forget') => {
    wanted = what;
    if (!running) void run();
  };

  return {
    async restore() {
      durable = Y.encodeStateVector(doc);
      const all = await entries<string, Uint8Array>(store).catch(() => []);
      const own = [...all, ...lastWords.list()].filter(([name]) => name.startsWith(prefix));
      merged = own.map(([name]) => name);
      let changed = false;
      const note = () => (changed = true);
      doc.on('update', note);
      for (const [, update] of own) Y.applyUpdate(doc, update, 'kept');
      doc.off('update', note);
      return changed;
    },
    keep: () => want('keep'),
    keepAtOnce() {
      if (running) lastWords.set(key, Y.encodeStateAsUpdate(doc, durable));
    },
    forget() {
      durable = Y.encodeStateVector(doc);
      want('forget');
    },
  };
}

/** Writing here takes no time, so a page that is going can still do it; there is little room. */
const lastWords = {
  list(): [string, Uint8Array][] {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(LAST_WORDS));
      return names.map((name) => [
        name.slice(LAST_WORDS.length),
        fromBase64(localStorage.getItem(name) ?? ''),
      ]);
    } catch {
      return [];
    }
  },
  set(name: string, update: Uint8Array): void {
    try {
      localStorage.setItem(LAST_WORDS + name, toBase64(update));
    } catch {
      // As above: the page has warned.
    }
  },
  delete(name: string): void {
    localStorage.removeItem(LAST_WORDS + name);
  },
};
