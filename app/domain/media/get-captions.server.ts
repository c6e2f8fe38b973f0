import type { Db, Trx } from '~db/client.server';
import { NotFound } from '../shared/errors';
import { captionLanguages, type CaptionLanguage, type Cue } from './captions';

/** A video's captions in one language, and who saved them last. */
export interface Captions {
  mediaId: string;
  language: CaptionLanguage;
  /** 0 while there are none in this language. */
  version: number;
  changedBy: string | null;
  changedAt: number | null;
  /** By their times. */
  cues: Cue[];
}

/**
 * The captions of a video in one language; with version 0 and no cue where it has none yet. Check the caller's
 * reach to the video before.
 */
export async function getCaptions(
  db: Db | Trx,
  mediaId: string,
  language: CaptionLanguage,
): Promise<Captions> {
  const row = await db
    .selectFrom('caption')
    .leftJoin('person', 'person.id', 'caption.changed_by')
    .select(['caption.version', 'caption.changed_at', 'person.name'])
    .where('caption.media_id', '=', mediaId)
    .where('caption.language', '=', language)
    .executeTakeFirst();
  return {
    mediaId,
    language,
    version: row?.version ?? 0,
    changedBy: row?.name ?? null,
    changedAt: row?.changed_at ?? null,
    cues: row ? await listCues(db, mediaId, language) : [],
  };
}

/** The captions that are served; NotFound where the video has none in this language. */
export async function getServedCaptions(
  db: Db,
  mediaId: string,
  language: CaptionLanguage,
): Promise<Captions> {
  const found = await getCaptions(db, mediaId, language);
  if (found.version === 0 || found.cues.length === 0) throw new NotFound();
  return found;
}

async function listCues(db: Db | Trx, mediaId: string, language: string): Promise<Cue[]> {
  const rows = await db
    .selectFrom('caption_cue')
    .select(['from_ms', 'to_ms', 'text'])
    .where('media_id', '=', mediaId)
    .where('language', '=', language)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ fromMs: row.from_ms, toMs: row.to_ms, text: row.text }));
}

/** The languages that a video has captions in. Check the caller's reach to the video before. */
export async function listCaptionLanguages(db: Db, mediaId: string): Promise<CaptionLanguage[]> {
  const rows = await db
    .selectFrom('caption')
    .select('language')
    .where('media_id', '=', mediaId)
    .execute();
  const known = rows.map((row) => row.language);
  return captionLanguages.filter((language) => known.includes(language));
}
