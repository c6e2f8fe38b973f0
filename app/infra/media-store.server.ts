import type { Readable } from 'node:stream';
import { openFolderStore } from './folder-store.server';
import { openS3Store } from './s3-store.server';

/** One finished object: its bytes, and the local file it is, where it is one. */
export interface StoredObject {
  key: string;
  bytes: number;
  file: string | undefined;
}

/** Whether what is moved in outlives a power cut from now on, or only once `settle` is done. */
export type Durable = 'now' | 'later';

/** Where finished media live: keys such as `<mediaId>/master.m3u8`, never a path of the caller's. */
export interface MediaStore {
  /** Bytes of the object, or undefined when there is none. */
  size(key: string): Promise<number | undefined>;
  /** Bytes and last change (ms since 1970) of the object, or undefined when there is none. */
  stat(key: string): Promise<{ bytes: number; modifiedAt: number } | undefined>;
  /** The whole of a small text object, or undefined when there is none. */
  readText(key: string): Promise<string | undefined>;
  /** `end` is included, both in bytes. The stream fails when there is no such object. */
  read(key: string, range?: { start: number; end: number }): Readable;
  /** Moves a finished local directory in as everything under `prefix`, in place of what was there. */
  adopt(prefix: string, directory: string, durable?: Durable): Promise<void>;
  /** Moves one finished local file in, at once. */
  adoptFile(key: string, file: string, durable?: Durable): Promise<void>;
  write(key: string, content: string | Uint8Array, durable?: Durable): Promise<void>;
  /** Resolves when everything under a prefix outlives a power cut. */
  settle(prefix: string): Promise<void>;
  /** Removes one object, or everything under a prefix. */
  remove(prefix: string): Promise<void>;
  /** Every finished object, in no order. */
  list(): AsyncIterable<StoredObject>;
  /** Where browsers may be sent to for objects; undefined where this process alone serves them. */
  origin: string | undefined;
  /** An address there at which whoever has it may fetch the object for so many seconds. */
  addressOf(key: string, seconds: number): Promise<string>;
  /** A local folder on the same disk as the uploads for work in progress. */
  workDirectory(name: string): Promise<string>;
  /** Removes a folder made by workDirectory, with everything in it. */
  removeWork(name: string): Promise<void>;
  /** Where uploads on their way are kept: always a local folder. */
  uploads: string;
  /** Bytes that the local disk can still take. */
  freeBytes(): Promise<number>;
  /** Resolves when the store can be written to. */
  check(): Promise<void>;
  /** The local folder of uploads and work; of a folder store, of everything. */
  root: string;
}

/**
 * The media store that `MEDIA_URL` names: a folder (`file:PATH`) or a bucket (`s3://…`), which keeps
 * uploads and work in `dataDir`. Throws when the address cannot be read.
 */
export function openMediaStore(url: string, dataDir?: string): MediaStore {
  if (!url.startsWith('s3:')) return openFolderStore(url);
  if (dataDir === undefined) throw new Error('a bucket needs a local folder for uploads');
  return openS3Store(url, dataDir);
}
