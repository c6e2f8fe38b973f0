import { createHash, type Hash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';

/** One line of a file of a package; lines count from 1. */
export interface PackageLine {
  number: number;
  text: string;
  /** Undefined where the line is no JSON object. */
  value: Record<string, unknown> | undefined;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a file of a package line by line, one line ahead, and hashes it on the way. */
export class PackageReader {
  next: PackageLine | undefined;
  private readonly hash: Hash = createHash('sha256');
  private readonly lines: AsyncGenerator<string, void>;
  private count = 0;

  private constructor(
    folder: string,
    readonly name: string,
  ) {
    this.lines = readLines(join(folder, name), this.hash);
  }

  /** A file that is not there reads as an empty one. */
  static async open(folder: string, name: string): Promise<PackageReader> {
    const reader = new PackageReader(folder, name);
    await reader.advance();
    return reader;
  }

  async advance(): Promise<PackageLine | undefined> {
    const taken = this.next;
    const step = await this.lines.next();
    if (step.done) this.next = undefined;
    else {
      this.count += 1;
      const text = step.value;
      this.next = { number: this.count, text, value: parse(text) };
    }
    return taken;
  }

  /** The lines from here on as long as `wanted` holds. */
  async takeWhile(wanted: (line: PackageLine) => boolean): Promise<PackageLine[]> {
    const taken: PackageLine[] = [];
    while (this.next && wanted(this.next)) taken.push((await this.advance())!);
    return taken;
  }

  /** Reads to the end; answers the SHA-256 of the file, hex, and its lines. */
  async end(): Promise<{ sha256: string; lines: number }> {
    while (this.next) await this.advance();
    return { sha256: this.hash.digest('hex'), lines: this.count };
  }
}

async function* readLines(path: string, hash: Hash): AsyncGenerator<string, void> {
  if (!existsSync(path)) return;
  let rest = '';
  const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024 });
  for await (const part of stream as AsyncIterable<string>) {
    hash.update(part, 'utf8');
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
