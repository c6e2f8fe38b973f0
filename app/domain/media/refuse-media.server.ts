import type { Db } from '~db/client.server';
import type { MediaStore } from '~/infra/media-store.server';
import type { RefusalReason } from './conversion-plan';
import { removeUploadFile } from './upload-file.server';

/** Marks an upload as unusable with the reason, and lets go of its bytes. */
export async function refuseMedia(
  db: Db,
  store: MediaStore,
  mediaId: string,
  reason: RefusalReason,
  now: number,
): Promise<void> {
  await db
    .updateTable('media')
    .set({ state: 'refused', reason, percent: null, updated_at: now })
    .where('id', '=', mediaId)
    .where('state', 'in', ['received', 'converting'])
    .execute();
  await removeUploadFile(store, mediaId);
}
