import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCodecs, readFragment, readTracks, type Track } from './fragment-boxes.server';

/** A packaged file without anything to play: its source gave nothing. */
export class NothingToPlay extends Error {
  override readonly name = 'NothingToPlay';
}

/** What a fragmented mp4 of ours contains, read from its boxes (ISO/IEC 14496-12). */
export interface PackagedFileIndex {
  initBytes: number;
  fragments: { offset: number; bytes: number; seconds: number }[];
  codecs: string[];
  /** Where picture and sound end, in ms from the start. */
  durationMs: number;
}

const LARGEST_INDEX_BOX = 64 * 1024 * 1024;
const READ_AHEAD_BYTES = 32 * 1024;
const READ_EVERY_MS = 100;

/** Reads a file in large parts, so that a fragment and the head of what follows it come at once. */
function readAhead(file: FileHandle): (from: number, length: number) => Promise<Buffer> {
  let held = Buffer.alloc(0);
  let heldFrom = 0;
  return async (from, length) => {
    if (length > LARGEST_INDEX_BOX) {
      throw new Error('an index box of the packaged file is too large');
    }
    if (from < heldFrom || from + length > heldFrom + held.length) {
      const wanted = Math.max(length, READ_AHEAD_BYTES);
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, from);
      held = buffer.subarray(0, bytesRead);
      heldFrom = from;
    }
    return held.subarray(from - heldFrom, from - heldFrom + length);
  };
}

/** The index of a fragmented mp4 that our transcoder writes, up to where it was read. */
export class GrowingIndex {
  #file: FileHandle | undefined;
  #read: (from: number, length: number) => Promise<Buffer> = () => Promise.resolve(Buffer.alloc(0));
  readonly #starts: { offset: number; seconds: number }[] = [];
  #tracks = new Map<number, Track>();
  #codecs: string[] = [];
  #initBytes = 0;
  #at = 0;

  constructor(private readonly path: string) {}

  /** Reads the boxes that are whole by now; returns how large the file is. */
  async readOn(): Promise<number> {
    const file = await this.#open();
    if (!file) return 0;
    const { size } = await file.stat();
    while (this.#at + 16 <= size) {
      const head = await this.#read(this.#at, 16);
      const short = head.readUInt32BE(0);
      const bytes = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
      if (bytes < 8 || this.#at + bytes > size) break;
      const type = head.toString('latin1', 4, 8);
      if (type === 'moov' || type === 'moof') {
        this.#take(type, await this.#read(this.#at + 8, bytes - 8), bytes);
      }
      this.#at += bytes;
    }
    return size;
  }

  #take(type: 'moov' | 'moof', content: Buffer, bytes: number): void {
    if (type === 'moov') {
      this.#tracks = readTracks(content);
      this.#codecs = readCodecs(content);
      this.#initBytes = this.#at + bytes;
      return;
    }
    const seconds = readFragment(content, this.#tracks);
    if (seconds !== undefined) this.#starts.push({ offset: this.#at, seconds });
  }

  async #open(): Promise<FileHandle | undefined> {
    if (this.#file) return this.#file;
    this.#file = await open(this.path, 'r').catch(() => undefined);
    if (this.#file) this.#read = readAhead(this.#file);
    return this.#file;
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  /** The index of the file, which is whole now; throws NothingToPlay. */
  async finish(): Promise<PackagedFileIndex> {
    const size = await this.readOn();
    const starts = this.#starts;
    const ends = [...this.#tracks.values()].map((track) => track.endsAt / track.timescale);
    const end = Math.max(...ends);
    if (starts.length === 0 || !(end > 0)) {
      throw new NothingToPlay(`nothing to play in ${this.path}`);
    }
    const fragments = starts.map(({ offset, seconds }, n) => ({
      offset,
      bytes: (starts[n + 1]?.offset ?? size) - offset,
      seconds: Math.max((starts[n + 1]?.seconds ?? end) - (n === 0 ? 0 : seconds), 0),
    }));
    const durationMs = Math.round(end * 1000);
    return { initBytes: this.#initBytes, fragments, codecs: this.#codecs, durationMs };
  }
}

/** Reads the index of a fragmented mp4 that our transcoder wrote; throws NothingToPlay. */
export function indexPackagedFile(path: string): Promise<PackagedFileIndex> {
  return indexGrowingFile(path, Promise.resolve());
}

/**
 * The same while the file is written, so that little is left to read at its end. `written` resolves
 * when it is whole; rejects as that does.
 */
export async function indexGrowingFile(
  path: string,
  written: Promise<unknown>,
): Promise<PackagedFileIndex> {
  const ended = written.then(() => true);
  ended.catch(() => undefined);
  const index = new GrowingIndex(path);
  try {
    while (!(await Promise.race([ended, sleep(READ_EVERY_MS, false)]))) await index.readOn();
    return await index.finish();
  } finally {
    await index.close();
  }
}
