import type { Db } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import type { CaptionLanguage } from './captions';
import { requireCaptionedMedia, staleCaptions } from './save-captions.server';

/**
 * Takes a video's captions in one language away, based on the version that was seen; for those who change it.
 * StaleSave with the stored ones when somebody saved since. Captions given later have a higher version.
 */
export async function removeCaptions(
  db: Db,
  actor: Actor,
  input: { mediaId: string; language: CaptionLanguage; version: number; now: number },
): Promise<void> {
  const { mediaId, language, version, now } = input;
  await requireCaptionedMedia(db, actor, mediaId);
  await db.transaction().execute(async (trx) => {
    const removed = await trx
      .deleteFrom('caption')
      .where('media_id', '=', mediaId)
      .where('language', '=', language)
      .where('version', '=', version)
      .executeTakeFirst();
    if (removed.numDeletedRows === 0n) throw await staleCaptions(trx, mediaId, language);
    await trx
      .insertInto('caption_removal')
      .values({ media_id: mediaId, language, version, removed_by: actor.personId, removed_at: now })
      .execute();
    await trx
      .deleteFrom('caption_cue')
      .where('media_id', '=', mediaId)
      .where('language', '=', language)
      .execute();
  });
}
