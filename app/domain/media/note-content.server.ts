import type { Db } from '~db/client.server';
import { digestFile } from '~/infra/file-digest.server';
import type { MediaStore } from '~/infra/media-store.server';
import { uploadFile } from './upload-file.server';

/**
 * Keeps the SHA-256 of a received file, by which the same one is found again. Reads what was not
 * digested while it arrived; does nothing when the file is gone already.
 */
export async function noteContent(db: Db, store: MediaStore, mediaId: string): Promise<void> {
  const digest = await digestFile(uploadFile(store, mediaId));
  if (digest === undefined) return;
  await db
    .updateTable('media')
    .set({ content_sha256: digest })
    .where('id', '=', mediaId)
    .where('content_sha256', 'is', null)
    .execute();
}
