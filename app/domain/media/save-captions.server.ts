import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requireMediaEditor } from '../co-authoring/part-reach.server';
import { StaleSave } from '../courses/stale-save';
import { Invalid, NotFound } from '../shared/errors';
import {
  CAPTION_LANGUAGES,
  decodeCaptions,
  parseCaptions,
  type CaptionLanguage,
  type Cue,
} from './captions';
import { checkCues } from './check-cues';
import { getCaptions } from './get-captions.server';
import { keepCues } from './keep-cues.server';

export interface SavedCaptions {
  mediaId: string;
  language: CaptionLanguage;
  /** The version that was seen, 0 for none; without it they take the place of whatever is there. */
  version?: number | undefined;
  now: number;
}

/**
 * Gives a video captions in one language, from a WebVTT or SRT file; for those who change it. Invalid
 * `captions-unreadable` when the file holds no captions; StaleSave with the stored ones when somebody saved since
 * the version that was seen.
 */
export async function saveCaptionsFile(
  db: Db,
  actor: Actor,
  input: SavedCaptions & { content: Uint8Array },
): Promise<{ version: number }> {
  const { content, ...captions } = input;
  const media = await requireCaptionedMedia(db, actor, input.mediaId);
  const cues = parseCaptions(decodeCaptions(content));
  if (cues.length === 0) {
    throw new Invalid(
      [{ pointer: '/file', message: 'captions-unreadable' }],
      'captions-unreadable',
    );
  }
  return keepCaptions(db, actor, captions, checkCues(cues, media.durationMs, 'clip'));
}

/** The same from cues that were edited; Invalid with a pointer to each that cannot be. */
export async function saveCaptions(
  db: Db,
  actor: Actor,
  input: SavedCaptions & { cues: readonly Cue[] },
): Promise<{ version: number }> {
  const { cues, ...captions } = input;
  const media = await requireCaptionedMedia(db, actor, input.mediaId);
  return keepCaptions(db, actor, captions, checkCues(cues, media.durationMs, 'refuse'));
}

async function keepCaptions(
  db: Db,
  actor: Actor,
  captions: SavedCaptions,
  cues: readonly Cue[],
): Promise<{ version: number }> {
  const { mediaId, language, now } = captions;
  return db.transaction().execute(async (trx) => {
    const saved = { changed_by: actor.personId, changed_at: now };
    const label = CAPTION_LANGUAGES[language];
    const firstVersion = (await lastRemovedVersion(trx, mediaId, language)) + 1;
    const first = await trx
      .insertInto('caption')
      .values({ media_id: mediaId, language, label, version: firstVersion, ...saved })
      .onConflict((oc) => oc.columns(['media_id', 'language']).doNothing())
      .executeTakeFirst();
    const isNew = (first.numInsertedOrUpdatedRows ?? 0n) > 0n;
    if (isNew && (captions.version ?? 0) > 0) throw await staleCaptions(trx, mediaId, language);
    if (!isNew) {
      const { version } = captions;
      const moved = await trx
        .updateTable('caption')
        .set((eb) => ({ ...saved, label, version: eb('version', '+', 1) }))
        .where('media_id', '=', mediaId)
        .where('language', '=', language)
        .$if(version !== undefined, (query) => query.where('version', '=', version ?? 0))
        .executeTakeFirst();
      if (moved.numUpdatedRows === 0n) throw await staleCaptions(trx, mediaId, language);
    }
    await keepCues(trx, { mediaId, language }, cues);
    return { version: (await getCaptions(trx, mediaId, language)).version };
  });
}

// A version that somebody may still have open is never given again.
async function lastRemovedVersion(trx: Trx, mediaId: string, language: string): Promise<number> {
  const last = await trx
    .selectFrom('caption_removal')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('media_id', '=', mediaId)
    .where('language', '=', language)
    .executeTakeFirst();
  return last?.version ?? 0;
}

/** What to throw when the captions are not those that were seen. */
export async function staleCaptions(trx: Trx, mediaId: string, language: CaptionLanguage) {
  const current = await getCaptions(trx, mediaId, language);
  return new StaleSave({ current, changedBy: current.changedBy, changedAt: current.changedAt });
}

/** The video, for those who change it; NotFound for outsiders, Forbidden for those who only read. */
export async function requireCaptionedMedia(
  db: Db | Trx,
  actor: Actor,
  mediaId: string,
): Promise<{ courseId: string; durationMs: number }> {
  const media = await db
    .selectFrom('media')
    .select(['course_id', 'duration_ms'])
    .where('id', '=', mediaId)
    .executeTakeFirst();
  if (!media) throw new NotFound();
  await requireMediaEditor(db, actor, mediaId);
  return { courseId: media.course_id, durationMs: media.duration_ms };
}
