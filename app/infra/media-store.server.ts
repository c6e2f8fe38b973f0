import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const SAFE_KEY =
  /^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9]+)*(\/[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9]+)*)*$/;

/** Where finished media live: keys such as `<mediaId>/master.m3u8`, never a path of the caller's. */
export interface MediaStore {
  /** Bytes of the object, or undefined when there is none. */
  size(key: string): Promise<number | undefined>;
  /** `end` is included, both in bytes. */
  read(key: string, range?: { start: number; end: number }): ReadStream;
  /** Moves a finished local directory in as everything under `prefix`, at once. */
  adopt(prefix: string, directory: string): Promise<void>;
  write(key: string, content: string | Uint8Array): Promise<void>;
  remove(prefix: string): Promise<void>;
  /** A local folder on the same disk for work in progress. */
  workDirectory(name: string): Promise<string>;
  /** Resolves when the store can be written to. */
  check(): Promise<void>;
  /** The folder that holds everything, for backups. */
  root: string;
}

/** A media store in a folder (`file:PATH`). Keys with anything but plain names are refused. */
export function openMediaStore(url: string): MediaStore {
  const root = resolve(url.replace(/^file:(\/\/)?/, ''));
  const objects = join(root, 'objects');
  const at = (key: string) => {
    if (!SAFE_KEY.test(key)) throw new Error(`not a media key: ${JSON.stringify(key)}`);
    return join(objects, key);
  };
  return {
    root,
    async size(key) {
      try {
        const found = await stat(at(key));
        return found.isFile() ? found.size : undefined;
      } catch {
        return undefined;
      }
    },
    read: (key, range) => createReadStream(at(key), range),
    async adopt(prefix, directory) {
      const target = at(prefix);
      await mkdir(dirname(target), { recursive: true });
      await rm(target, { recursive: true, force: true });
      await rename(directory, target);
    },
    async write(key, content) {
      const target = at(key);
      await mkdir(dirname(target), { recursive: true });
      const draft = `${target}.${process.pid}.draft`;
      await writeFile(draft, content);
      await rename(draft, target);
    },
    async remove(prefix) {
      await rm(at(prefix), { recursive: true, force: true });
    },
    async workDirectory(name) {
      if (!SAFE_KEY.test(name)) throw new Error(`not a media key: ${JSON.stringify(name)}`);
      const directory = join(root, 'work', name);
      await mkdir(directory, { recursive: true });
      return directory;
    },
    async check() {
      await mkdir(objects, { recursive: true });
      const probe = join(root, `.probe-${process.pid}`);
      await writeFile(probe, '');
      await rm(probe);
    },
  };
}
