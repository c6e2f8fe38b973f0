import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { openLocalWork } from './local-work.server';
import { requireKey } from './media-key.server';
import type { MediaStore, StoredObject } from './media-store.server';

/** Bytes read at once: fewer turns a segment than Node's 64 KiB, and still little for many slow readers. */
const PART_BYTES = 256 * 1024;

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
export function openFolderStore(url: string): MediaStore {
  const work = openLocalWork(resolve(url.replace(/^file:(\/\/)?/, '')));
  const objects = join(work.root, 'objects');
  const at = (key: string) => join(objects, requireKey(key));
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
    ...work,
    origin: undefined,
    addressOf: () => Promise.reject(new Error('a folder has no address')),
    stat: describe,
    size: async (key) => (await describe(key))?.bytes,
    async readText(key) {
      return (await describe(key)) && readFile(at(key), 'utf8');
    },
    read: (key, range) => createReadStream(at(key), { ...range, highWaterMark: PART_BYTES }),
    async adopt(prefix, directory, durable = 'now') {
      const target = at(prefix);
      if (durable === 'now') await syncTree(directory);
      await mkdir(dirname(target), { recursive: true });
      await rm(target, { recursive: true, force: true });
      await rename(directory, target);
      if (durable === 'now') await sync(dirname(target));
    },
    async adoptFile(key, file, durable = 'now') {
      const target = at(key);
      if (durable === 'now') await sync(file);
      await mkdir(dirname(target), { recursive: true });
      await rename(file, target);
      if (durable === 'now') await sync(dirname(target));
    },
    async write(key, content, durable = 'now') {
      const target = at(key);
      await mkdir(dirname(target), { recursive: true });
      const draft = `${target}.${process.pid}.draft`;
      const handle = await open(draft, 'w');
      try {
        await handle.writeFile(content);
        if (durable === 'now') await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, target);
      if (durable === 'now') await sync(dirname(target));
    },
    async settle(prefix) {
      const target = at(prefix);
      await syncTree(target);
      await sync(dirname(target));
    },
    async remove(prefix) {
      await rm(at(prefix), { recursive: true, force: true });
    },
    list: () => listFiles(objects),
    async check() {
      await work.check();
      await mkdir(objects, { recursive: true });
    },
  };
}

async function* listFiles(objects: string): AsyncIterable<StoredObject> {
  const entries = await readdir(objects, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const { size } = await stat(file);
    yield { key: relative(objects, file).split(sep).join('/'), bytes: size, file };
  }
}
