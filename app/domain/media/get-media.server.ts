import type { Db } from '~db/client.server';
import type { MediaState } from '~db/tables/media';
import { NotFound } from '../shared/errors';
import { canWatchMedia } from './media-access.server';

export interface MediaStatus {
  id: string;
  state: MediaState;
  filename: string;
  durationMs: number;
  renditions: { height: number; bitrate: number }[];
  reason: string | null;
  /** Of what is being made now, 0 to 100; null while nothing is. */
  percent: number | null;
  /** What an author should know of a video that can be used, as a key of the media messages. */
  note: string | null;
  /** The sound alone (audio/index.m3u8), in bits a second. */
  audio: { bitrate: number } | null;
  /** How many thumbnails previews.vtt lists, and stills (poster-N.jpg) there are to choose from. */
  previews: number;
  posters: number;
}

/** How far a media has come, for those who may watch it; NotFound for all others. */
export async function getMedia(
  db: Db,
  viewer: { personId: string },
  mediaId: string,
): Promise<MediaStatus> {
  if (!(await canWatchMedia(db, viewer.personId, mediaId))) throw new NotFound();
  const media = await db
    .selectFrom('media')
    .select(['id', 'state', 'filename', 'duration_ms', 'reason', 'percent', 'note'])
    .select(['audio_bitrate', 'previews', 'posters'])
    .where('id', '=', mediaId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (!media) throw new NotFound();
  const renditions = await db
    .selectFrom('rendition')
    .select(['height', 'bitrate'])
    .where('media_id', '=', mediaId)
    .orderBy('height')
    .execute();
  const { duration_ms, audio_bitrate, ...rest } = media;
  const audio = audio_bitrate === null ? null : { bitrate: audio_bitrate };
  return { ...rest, durationMs: duration_ms, renditions, audio };
}
