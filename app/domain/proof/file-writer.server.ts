import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PackageManifest } from './package-format';

const BUFFER_CHARACTERS = 256 * 1024;

/** One file of a package that is being written, a line at a time. */
export interface LineWriter {
  write(...lines: string[]): Promise<void>;
  /** Puts it on the disk; answers what the manifest says of it. */
  end(): Promise<PackageManifest['files'][number]>;
}

/** Opens a new file below `folder`; throws when it is there already. */
export async function openLineWriter(folder: string, name: string): Promise<LineWriter> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let waiting = '';
  let lines = 0;
  let bytes = 0;
  const flush = async () => {
    const part = Buffer.from(waiting, 'utf8');
    waiting = '';
    hash.update(part);
    bytes += part.length;
    await file.writeFile(part);
  };
  return {
    async write(...texts) {
      for (const text of texts) waiting += `${text}\n`;
      lines += texts.length;
      if (waiting.length > BUFFER_CHARACTERS) await flush();
    },
    async end() {
      await flush();
      await file.sync();
      await file.close();
      return { name, lines, bytes, sha256: hash.digest('hex') };
    },
  };
}
