import type { Db } from '~db/client.server';
import type { MediaStore } from '~/infra/media-store.server';
import { inOrder, parseCaptions } from './captions';
import { keepCues } from './keep-cues.server';

/**
 * Takes captions that are a file in the media store into the database, from which they are edited, searched and
 * served. Done again it does nothing; what has no readable file stays as it is.
 */
export async function adoptCaptions(
  db: Db,
  store: Pick<MediaStore, 'readText'>,
  now: number,
): Promise<void> {
  const waiting = await db
    .selectFrom('caption')
    .select(['media_id', 'language'])
    .where('changed_at', 'is', null)
    .execute();
  for (const { media_id: mediaId, language } of waiting) {
    const file = await store.readText(`${mediaId}/captions.${language}.vtt`).catch(() => undefined);
    const cues = inOrder(parseCaptions(file ?? ''));
    if (cues.length === 0) continue;
    await db.transaction().execute(async (trx) => {
      const taken = await trx
        .updateTable('caption')
        .set({ changed_at: now })
        .where('media_id', '=', mediaId)
        .where('language', '=', language)
        .where('changed_at', 'is', null)
        .executeTakeFirst();
      if (taken.numUpdatedRows > 0n) await keepCues(trx, { mediaId, language }, cues);
    });
  }
}
