import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Db } from '~db/client.server';
import type { MediaStore } from '~/infra/media-store.server';
import { uploadFile } from './upload-file.server';

/**
 * Keeps the SHA-256 of a received file that nobody digested while it arrived. Reads the whole file;
 * does nothing when it is gone already.
 */
export async function noteContent(db: Db, store: MediaStore, mediaId: string): Promise<void> {
  // Once open, the bytes stay readable although conversion may be done with the file first.
  const file = await open(uploadFile(store, mediaId), 'r').catch(() => undefined);
  if (!file) return;
  const hash = createHash('sha256');
  for await (const part of file.createReadStream({ highWaterMark: 1024 * 1024 })) {
    hash.update(part as Buffer);
  }
  await db
    .updateTable('media')
    .set({ content_sha256: hash.digest('hex') })
    .where('id', '=', mediaId)
    .where('content_sha256', 'is', null)
    .execute();
}
