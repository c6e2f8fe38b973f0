import type { Db } from '~db/client.server';
import type { MediaStore } from '~/infra/media-store.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { Invalid, NotFound } from '../shared/errors';
import { CAPTION_LANGUAGES, decodeCaptions, toWebVtt, type CaptionLanguage } from './captions';

/**
 * Gives a video captions in one language, from a WebVTT or SRT file, in place of those it had; for
 * authors of its course. Invalid `captions-unreadable` when the file holds no captions.
 */
export async function saveCaptions(
  db: Db,
  store: MediaStore,
  actor: Actor,
  input: { mediaId: string; language: CaptionLanguage; content: Uint8Array },
): Promise<void> {
  const { mediaId, language, content } = input;
  const media = await db
    .selectFrom('media')
    .select('course_id')
    .where('id', '=', mediaId)
    .executeTakeFirst();
  if (!media) throw new NotFound();
  await requireAuthor(db, actor, media.course_id);
  const webVtt = toWebVtt(decodeCaptions(content));
  if (webVtt === undefined) {
    throw new Invalid(
      [{ pointer: '/file', message: 'captions-unreadable' }],
      'captions-unreadable',
    );
  }
  await store.write(`${mediaId}/captions.${language}.vtt`, webVtt);
  const label = CAPTION_LANGUAGES[language];
  await db
    .insertInto('caption')
    .values({ media_id: mediaId, language, label })
    .onConflict((oc) => oc.columns(['media_id', 'language']).doUpdateSet({ label }))
    .execute();
}
