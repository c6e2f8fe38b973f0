import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '~db/client.server';
import type { MediaStore } from '~/infra/media-store.server';
import { finishUpload } from './finish-upload.server';
import { clearRemovedMedia } from './remove-media.server';
import { noteContent } from './note-content.server';
import { receivedBytes, removeUploadFile } from './upload-file.server';

/** How long an upload may stand still before it is forgotten. */
export const UPLOAD_EXPIRES_MS = 7 * 24 * 60 * 60 * 1000;
const ORPHAN_MS = 24 * 60 * 60 * 1000;
const AT_ONCE = 200;

/**
 * Sets right what a killed server left: uploads with all their bytes become media; unfinished ones
 * older than 7 days go, with their bytes; so do bytes that no upload needs any more, and what a
 * worker was making of a video that was taken away.
 */
export async function sweepUploads(db: Db, store: MediaStore, now: number): Promise<void> {
  const open = await db
    .selectFrom('upload')
    .select(['id', 'bytes', 'created_at'])
    .where('finished_at', 'is', null)
    .orderBy('id')
    .limit(AT_ONCE)
    .execute();
  for (const upload of open) {
    if ((await receivedBytes(store, upload.id)) === upload.bytes) {
      await finishUpload(db, store, upload.id, now);
      await noteContent(db, store, upload.id);
    } else if (upload.created_at < now - UPLOAD_EXPIRES_MS) {
      await removeUploadFile(store, upload.id);
      await db
        .deleteFrom('upload')
        .where('id', '=', upload.id)
        .where('finished_at', 'is', null)
        .execute();
    }
  }
  await removeUnneededFiles(db, store, now);
  const removed = await db
    .selectFrom('media')
    .select('id')
    .where('removed_at', '>', now - ORPHAN_MS)
    .execute();
  for (const { id } of removed) await clearRemovedMedia(db, store, id);
}

async function removeUnneededFiles(db: Db, store: MediaStore, now: number): Promise<void> {
  const names = await readdir(store.uploads).catch(() => []);
  const ids = [...new Set(names.map((name) => name.replace(/\.json$/, '')))];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const part = ids.slice(from, from + AT_ONCE);
    const needed = await db
      .selectFrom('upload')
      .leftJoin('media', 'media.id', 'upload.id')
      .select(['upload.id', 'media.state'])
      .where('upload.id', 'in', part)
      .execute();
    for (const id of part) {
      const row = needed.find((candidate) => candidate.id === id);
      const done = row ? row.state === 'ready' || row.state === 'refused' : true;
      if (done && (row || (await isOld(join(store.uploads, id), now)))) {
        await removeUploadFile(store, id);
      }
    }
  }
}

// A file without a row may belong to an upload that is being opened right now.
async function isOld(path: string, now: number): Promise<boolean> {
  const found = await stat(path).catch(() => stat(`${path}.json`).catch(() => undefined));
  return found !== undefined && found.mtimeMs < now - ORPHAN_MS;
}
