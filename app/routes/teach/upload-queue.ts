import { defaultOptions, DetailedError, Upload, type PreviousUpload } from 'tus-js-client';
import { createSpeedometer } from './upload-words';

export const MOST_AT_ONCE = 20;
const SENDING_AT_ONCE = 2;
const CHUNK_BYTES = 16 * 1024 * 1024;
const ENDPOINT = '/api/uploads';
const RETRY_MS = [1000, 3000, 5000, 10_000, 20_000];

/** Why an upload stopped, as keys of the media messages. */
export type UploadFailure =
  'signedOut' | 'forbidden' | 'gone' | 'tooLarge' | 'empty' | 'noRoom' | 'other';

export interface UploadItem {
  key: string;
  filename: string;
  bytes: number;
  sent: number;
  /** Of the last seconds. */
  bytesPerSecond: number;
  state: 'waiting' | 'sending' | 'paused' | 'offline' | 'failed' | 'interrupted' | 'done';
  failure: UploadFailure | undefined;
  /** Known once it is done. */
  mediaId: string | undefined;
}

export interface UploadQueue {
  items: () => UploadItem[];
  /** Calls `listener` after each change, until the returned function is called. */
  subscribe: (listener: () => void) => () => void;
  add(files: File[]): void;
  pause(key: string): void;
  resume(key: string): void;
  /** Ends an upload for good: the server forgets what it has of it. */
  cancel(key: string): void;
  /** Finds what earlier visits began in this browser and did not finish. */
  findInterrupted(): Promise<void>;
  /** Pauses everything: the page is being left. */
  close(): void;
}

interface Entry {
  item: UploadItem;
  upload: Upload | undefined;
  measure: (sent: number, atMs: number) => number;
  previous: PreviousUpload | undefined;
}

const FAILURES: Record<number, UploadFailure> = {
  401: 'signedOut',
  403: 'forbidden',
  404: 'gone',
  410: 'gone',
  413: 'tooLarge',
  507: 'noRoom',
};

/** Sends files into a course, two at a time, each resumable; told of every change. */
export function createUploadQueue(
  courseId: string,
  onDone: (item: UploadItem & { mediaId: string }) => void,
): UploadQueue {
  let entries: Entry[] = [];
  let snapshot: UploadItem[] = [];
  const listeners = new Set<() => void>();

  const publish = () => {
    snapshot = entries.map((entry) => entry.item);
    for (const listener of listeners) listener();
  };
  const change = (key: string, changed: Partial<UploadItem>) => {
    for (const entry of entries) {
      if (entry.item.key === key) entry.item = { ...entry.item, ...changed };
    }
    publish();
  };
  const find = (key: string) => entries.find((entry) => entry.item.key === key);

  const startNext = () => {
    const sending = entries.filter((entry) => entry.item.state === 'sending').length;
    const next = entries.filter((entry) => entry.item.state === 'waiting');
    for (const entry of next.slice(0, Math.max(0, SENDING_AT_ONCE - sending))) {
      change(entry.item.key, { state: 'sending', failure: undefined });
      void begin(entry);
    }
  };

  const begin = async (entry: Entry) => {
    const { upload } = entry;
    if (!upload) return;
    if (!upload.url) {
      const [previous] = await upload.findPreviousUploads();
      if (previous) upload.resumeFromPreviousUpload(previous);
    }
    if (entry.item.state === 'sending') upload.start();
  };

  const fail = (key: string, error: Error) => {
    const status = error instanceof DetailedError ? error.originalResponse?.getStatus() : undefined;
    if (status === undefined) change(key, { state: 'offline', bytesPerSecond: 0 });
    else change(key, { state: 'failed', failure: FAILURES[status] ?? 'other' });
    startNext();
  };

  const succeed = (entry: Entry) => {
    const mediaId = entry.upload?.url?.split('/').at(-1);
    if (!mediaId) return;
    const { key, bytes } = entry.item;
    change(key, { state: 'done', sent: bytes, mediaId });
    onDone({ ...entry.item, mediaId });
    startNext();
  };

  const open = (file: File): Entry => {
    const key = `${file.name} ${file.size} ${file.lastModified}`;
    const entry: Entry = {
      item: {
        key,
        filename: file.name,
        bytes: file.size,
        sent: 0,
        bytesPerSecond: 0,
        state: file.size > 0 ? 'waiting' : 'failed',
        failure: file.size > 0 ? undefined : 'empty',
        mediaId: undefined,
      },
      upload: undefined,
      measure: createSpeedometer(),
      previous: undefined,
    };
    entry.upload = new Upload(file, {
      endpoint: ENDPOINT,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      removeFingerprintOnSuccess: true,
      metadata: { filename: file.name, courseId },
      fingerprint: () => Promise.resolve(`jiangxue ${courseId} ${key}`),
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        return status === 0 ? navigator.onLine : status === 409 || status === 423 || status >= 500;
      },
      onProgress: (sent) => {
        change(key, { sent, bytesPerSecond: entry.measure(sent, performance.now()) });
      },
      onSuccess: () => succeed(entry),
      onError: (error) => fail(key, error),
    });
    return entry;
  };

  const goOnline = () => {
    for (const { item } of entries) {
      if (item.state === 'offline') change(item.key, { state: 'waiting' });
    }
    startNext();
  };
  globalThis.addEventListener?.('online', goOnline);

  return {
    items: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    add(files) {
      for (const file of files.slice(0, MOST_AT_ONCE)) {
        const entry = open(file);
        const known = find(entry.item.key);
        if (known && !['interrupted', 'failed', 'done'].includes(known.item.state)) continue;
        entries = [...entries.filter((other) => !isSameFile(other.item, entry.item)), entry];
      }
      publish();
      startNext();
    },
    pause(key) {
      void find(key)?.upload?.abort();
      change(key, { state: 'paused', bytesPerSecond: 0 });
      startNext();
    },
    resume(key) {
      change(key, { state: 'waiting' });
      startNext();
    },
    cancel(key) {
      const entry = find(key);
      entries = entries.filter((other) => other !== entry);
      publish();
      // What the server does not hear of now, it forgets after a week.
      void forget(entry).catch(() => undefined);
      startNext();
    },
    async findInterrupted() {
      const all = await defaultOptions.urlStorage.findAllUploads();
      const mine = all.filter((previous) => previous.metadata.courseId === courseId);
      const found = mine.map(describePrevious);
      const isNew = (entry: Entry) => !entries.some((e) => isSameFile(e.item, entry.item));
      entries = [...found.filter(isNew), ...entries];
      publish();
    },
    close() {
      globalThis.removeEventListener?.('online', goOnline);
      for (const entry of entries) void entry.upload?.abort();
    },
  };
}

function isSameFile(a: UploadItem, b: UploadItem): boolean {
  return a.key === b.key || (a.filename === b.filename && a.bytes === b.bytes && !a.mediaId);
}

function describePrevious(previous: PreviousUpload): Entry {
  return {
    item: {
      key: previous.urlStorageKey,
      filename: previous.metadata.filename ?? '',
      bytes: previous.size ?? 0,
      sent: 0,
      bytesPerSecond: 0,
      state: 'interrupted',
      failure: undefined,
      mediaId: undefined,
    },
    upload: undefined,
    measure: createSpeedometer(),
    previous,
  };
}

async function forget(entry: Entry | undefined): Promise<void> {
  if (entry?.upload) return entry.upload.abort(true);
  if (!entry?.previous) return;
  const { uploadUrl, urlStorageKey } = entry.previous;
  await defaultOptions.urlStorage.removeUpload(urlStorageKey);
  if (uploadUrl) await Upload.terminate(uploadUrl);
}
