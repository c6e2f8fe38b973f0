import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const SAFE_KEY =
  /^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9]+)*(\/[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9]+)*)*$/;

/** Where finished media live: keys such as `<mediaId>/master.m3u8`, never a path of the caller's. */
export interface MediaStore {
  /** Bytes of the object, or undefined when there is none. */
  size(key: string): Promise<number | undefined>;
  /** Bytes and last change (ms since 1970) of the object, or undefined when there is none. */
  stat(key: string): Promise<{ bytes: number; modifiedAt: number } | undefined>;
  /** The whole of a small text object, or undefined when there is none. */
  readText(key: string): Promise<string | undefined>;
  /** `end` is included, both in bytes. */
  read(key: string, range?: { start: number; end: number }): ReadStream;
  /** Moves a finished local directory in as everything under `prefix`, at once. */
  adopt(prefix: string, directory: string): Promise<void>;
  /** Moves one finished local file in, at once. */
  adoptFile(key: string, file: string): Promise<void>;
  write(key: string, content: string | Uint8Array): Promise<void>;
  remove(prefix: string): Promise<void>;
  /** A local folder on the same disk for work in progress. */
  workDirectory(name: string): Promise<string>;
  /** Removes a folder made by workDirectory, with everything in it. */
  removeWork(name: string): Promise<void>;
  /** Where uploads on their way are kept, on the same disk. */
  uploads: string;
  /** Bytes that can still be stored. */
  freeBytes(): Promise<number>;
  /** Resolves when the store can be written to. */
  check(): Promise<void>;
  /** The folder that holds everything, for backups. */
  root: string;
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncTree(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    await (entry.isDirectory() ? syncTree(path) : sync(path));
  }
  await sync(directory);
}

/** A media store in a folder (`file:PATH`). Keys with anything but plain names are refused. */
export function openMediaStore(url: string): MediaStore {
  const root = resolve(url.replace(/^file:(\/\/)?/, ''));
  const objects = join(root, 'objects');
  const at = (key: string) => {
    if (!SAFE_KEY.test(key)) throw new Error(`not a media key: ${JSON.stringify(key)}`);
    return join(objects, key);
  };
  const inWork = (name: string) => {
    if (!SAFE_KEY.test(name)) throw new Error(`not a media key: ${JSON.stringify(name)}`);
    return join(root, 'work', name);
  };
  const describe = async (key: string) => {
    const path = at(key);
    try {
      const found = await stat(path);
      return found.isFile()
        ? { bytes: found.size, modifiedAt: Math.floor(found.mtimeMs) }
        : undefined;
    } catch {
      return undefined;
    }
  };
  return {
    root,
    uploads: join(root, 'uploads'),
    stat: describe,
    size: async (key) => (await describe(key))?.bytes,
    async readText(key) {
      return (await describe(key)) && readFile(at(key), 'utf8');
    },
    read: (key, range) => createReadStream(at(key), range),
    async adopt(prefix, directory) {
      const target = at(prefix);
      await syncTree(directory);
      await mkdir(dirname(target), { recursive: true });
      await rm(target, { recursive: true, force: true });
      await rename(directory, target);
      await sync(dirname(target));
    },
    async adoptFile(key, file) {
      const target = at(key);
      await sync(file);
      await mkdir(dirname(target), { recursive: true });
      await rename(file, target);
      await sync(dirname(target));
    },
    async write(key, content) {
      const target = at(key);
      await mkdir(dirname(target), { recursive: true });
      const draft = `${target}.${process.pid}.draft`;
      const handle = await open(draft, 'w');
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, target);
      await sync(dirname(target));
    },
    async remove(prefix) {
      await rm(at(prefix), { recursive: true, force: true });
    },
    async workDirectory(name) {
      const directory = inWork(name);
      await mkdir(directory, { recursive: true });
      return directory;
    },
    async removeWork(name) {
      await rm(inWork(name), { recursive: true, force: true });
    },
    async freeBytes() {
      await mkdir(root, { recursive: true });
      const { bavail, bsize } = await statfs(root);
      return bavail * bsize;
    },
    async check() {
      await mkdir(objects, { recursive: true });
      const probe = join(root, `.probe-${process.pid}`);
      await (await open(probe, 'w')).close();
      await rm(probe);
    },
  };
}
