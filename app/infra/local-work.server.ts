import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { requireKey } from './media-key.server';
import type { MediaStore } from './media-store.server';

type LocalWork = Pick<
  MediaStore,
  'root' | 'uploads' | 'workDirectory' | 'removeWork' | 'freeBytes' | 'check'
>;

/** The part of a media store that is a local folder whatever keeps the finished media. */
export function openLocalWork(root: string): LocalWork {
  const at = (name: string) => join(root, 'work', requireKey(name));
  return {
    root,
    uploads: join(root, 'uploads'),
    async workDirectory(name) {
      const directory = at(name);
      await mkdir(directory, { recursive: true });
      return directory;
    },
    async removeWork(name) {
      await rm(at(name), { recursive: true, force: true });
    },
    async freeBytes() {
      await mkdir(root, { recursive: true });
      const { bavail, bsize } = await statfs(root);
      return bavail * bsize;
    },
    async check() {
      await mkdir(root, { recursive: true });
      const probe = join(root, `.probe-${process.pid}`);
      await (await open(probe, 'w')).close();
      await rm(probe);
    },
  };
}
