import type { Db, Trx } from '~db/client.server';
import type { MediaState } from '~db/tables/media';

/**
 * Holds a video until the transaction ends, against being taken away meanwhile: to be called by whoever
 * lets a lesson show it, before. Whoever takes it away writes to the same row first, so that one of the
 * two waits for the other on PostgreSQL too. Returns its state, undefined when there is no such video.
 */
export async function holdMedia(trx: Db | Trx, mediaId: string): Promise<MediaState | undefined> {
  const held = await trx
    .updateTable('media')
    .set((eb) => ({ updated_at: eb.ref('updated_at') }))
    .where('id', '=', mediaId)
    .returning('state')
    .executeTakeFirst();
  return held?.state;
}
