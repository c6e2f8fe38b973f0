import type { Db } from '~db/client.server';
import type { MediaStore } from '~/infra/media-store.server';
import { refuseMedia } from './refuse-media.server';
import { removeUploadFile } from './upload-file.server';

/**
 * After the last attempt at a conversion job: a video that cannot be watched yet is refused; one that
 * can stays as it is, and says that its other renditions could not be made.
 */
export async function giveUpConversion(
  db: Db,
  store: MediaStore,
  mediaId: string,
  now: number,
): Promise<void> {
  await refuseMedia(db, store, mediaId, 'conversion-failed', now);
  await db
    .updateTable('media')
    .set({ reason: 'conversion-failed', percent: null, updated_at: now })
    .where('id', '=', mediaId)
    .where('state', '=', 'playable')
    .execute();
  await removeUploadFile(store, mediaId);
}
