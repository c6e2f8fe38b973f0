import { defaultOptions, DetailedError, Upload, type PreviousUpload } from 'tus-js-client';
import { findFileFault } from '~/domain/media/find-file-fault';
import type { BegunUpload } from '~/domain/media/list-begun-uploads.server';
import { createSpeedometer } from './upload-words';

export const MOST_AT_ONCE = 100;
const SENDING_AT_ONCE = 2;
const CHUNK_BYTES = 16 * 1024 * 1024;
const ENDPOINT = '/api/uploads';
const RETRY_MS = [1000, 3000, 5000, 10_000, 20_000];
/** A line may come back without the browser's noticing: the server was away. */
const LOOK_AGAIN_MS = 15_000;

/** Why an upload stopped, as keys of the media messages. */
export type UploadFailure =
  | 'signedOut'
  | 'forbidden'
  | 'gone'
  | 'tooLarge'
  | 'empty'
  | 'not-a-video'
  | 'cut-off'
  | 'noRoom'
  | 'noRoomLeft'
  | 'other';

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
  /** Files to send; each may be meant for the lesson of the same place. */
  add(files: File[], lessonIds?: string[]): void;
  pause(key: string): void;
  resume(key: string): void;
  /** Ends an upload for good: the server forgets what it has of it. Resolves when it has, or could not be told. */
  cancel(key: string): Promise<void>;
  /** Finds what earlier visits began in this browser and did not finish. */
  findInterrupted(): Promise<void>;
  /** Pauses everything: the page is being left. */
  close(): void;
}

interface Entry {
  item: UploadItem;
  upload: Upload | undefined;
  /** Whether the file was looked into and may be sent. */
  usable: Promise<boolean>;
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

/**
 * Sends files into a course, two at a time, each resumable; told of every change. `begun` is what the
 * server has of the person's earlier uploads, from whatever browser or address.
 */
export function createUploadQueue(
  courseId: string,
  begun: readonly BegunUpload[],
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
    if (!(await entry.usable)) return;
    if (!upload.url) {
      const [here] = await upload.findPreviousUploads();
      const previous = here ?? begun.map(toPrevious).find((one) => isOfFile(one, upload));
      if (previous) upload.resumeFromPreviousUpload(previous);
    }
    if (entry.item.state === 'sending') upload.start();
  };

  const fail = (key: string, error: Error) => {
    const status = error instanceof DetailedError ? error.originalResponse?.getStatus() : undefined;
    if (status === undefined) change(key, { state: 'offline', bytesPerSecond: 0 });
    else {
      const failure = FAILURES[status] ?? 'other';
      const kept = failure === 'noRoom' && (find(key)?.item.sent ?? 0) > 0;
      change(key, { state: 'failed', failure: kept ? 'noRoomLeft' : failure });
    }
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

  /** Said before a byte is sent: what could never be watched. */
  const inspect = async (key: string, file: File): Promise<boolean> => {
    const fault = await findFileFault(file.size, async (offset, length) => {
      const part = await file.slice(offset, offset + length).arrayBuffer();
      return new Uint8Array(part);
    });
    if (fault === undefined) return true;
    change(key, { state: 'failed', failure: fault });
    startNext();
    return false;
  };

  const open = (file: File, lessonId: string | undefined): Entry => {
    const key = `${file.name} ${file.size} ${file.lastModified}`;
    const entry: Entry = {
      item: {
        key,
        filename: file.name,
        bytes: file.size,
        sent: 0,
        bytesPerSecond: 0,
        state: 'waiting',
        failure: undefined,
        mediaId: undefined,
      },
      upload: undefined,
      usable: inspect(key, file),
      measure: createSpeedometer(),
      previous: undefined,
    };
    entry.upload = new Upload(file, {
      endpoint: ENDPOINT,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      removeFingerprintOnSuccess: true,
      metadata: {
        filename: file.name,
        courseId,
        modifiedAt: String(file.lastModified),
        ...(lessonId ? { lessonId } : {}),
      },
      fingerprint: () => Promise.resolve(`jiangxue ${courseId} ${key}`),
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        return status === 0
          ? navigator.onLine
          : status === 409 || status === 423 || (status >= 500 && status !== 507);
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
  const lookingAgain = setInterval(() => {
    if (navigator.onLine) goOnline();
  }, LOOK_AGAIN_MS);

  return {
    items: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    add(files, lessonIds = []) {
      for (const [index, file] of files.slice(0, MOST_AT_ONCE).entries()) {
        const entry = open(file, lessonIds[index]);
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
    async cancel(key) {
      const entry = find(key);
      entries = entries.filter((other) => other !== entry);
      publish();
      startNext();
      // What the server does not hear of now, it forgets after a week.
      await forget(entry).catch(() => undefined);
    },
    async findInterrupted() {
      const all = await defaultOptions.urlStorage.findAllUploads();
      const mine = all.filter((previous) => previous.metadata.courseId === courseId);
      const known = new Set(mine.map((previous) => previous.uploadUrl?.split('/').at(-1)));
      const elsewhere = begun.filter(({ id }) => !known.has(id)).map(toPrevious);
      const received = new Map(begun.map((upload) => [upload.id, upload.receivedBytes]));
      const found = [...mine, ...elsewhere].map((previous) => describePrevious(previous, received));
      const isNew = (entry: Entry) => !entries.some((e) => isSameFile(e.item, entry.item));
      entries = [...found.filter(isNew), ...entries];
      publish();
    },
    close() {
      globalThis.removeEventListener?.('online', goOnline);
      clearInterval(lookingAgain);
      for (const entry of entries) void entry.upload?.abort();
    },
  };
}

function isSameFile(a: UploadItem, b: UploadItem): boolean {
  return a.key === b.key || (a.filename === b.filename && a.bytes === b.bytes && !a.mediaId);
}

/** An upload that only the server remembers, as if this browser did. */
function toPrevious(upload: BegunUpload): PreviousUpload {
  const { id, filename, bytes, fileModifiedAt } = upload;
  return {
    size: bytes,
    metadata: { filename, modifiedAt: String(fileModifiedAt) },
    creationTime: '',
    urlStorageKey: '',
    uploadUrl: `${ENDPOINT}/${id}`,
    parallelUploadUrls: null,
  };
}

function isOfFile({ size, metadata }: PreviousUpload, { file, options }: Upload): boolean {
  return (
    file instanceof File &&
    file.size === size &&
    options.metadata?.filename === metadata.filename &&
    options.metadata?.modifiedAt === metadata.modifiedAt
  );
}

function describePrevious(previous: PreviousUpload, received: Map<string, number>): Entry {
  const id = previous.uploadUrl?.split('/').at(-1) ?? '';
  return {
    item: {
      key: previous.urlStorageKey || id,
      filename: previous.metadata.filename ?? '',
      bytes: previous.size ?? 0,
      sent: received.get(id) ?? 0,
      bytesPerSecond: 0,
      state: 'interrupted',
      failure: undefined,
      mediaId: undefined,
    },
    upload: undefined,
    usable: Promise.resolve(false),
    measure: createSpeedometer(),
    previous,
  };
}

async function forget(entry: Entry | undefined): Promise<void> {
  if (entry?.upload) return entry.upload.abort(true);
  if (!entry?.previous) return;
  const { uploadUrl, urlStorageKey } = entry.previous;
  if (urlStorageKey) await defaultOptions.urlStorage.removeUpload(urlStorageKey);
  if (uploadUrl) await Upload.terminate(uploadUrl);
}
