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
    .select(['id', 'state', 'filename', 'duration_ms', 'reason'])
    .where('id', '=', mediaId)
    .executeTakeFirst();
  if (!media) throw new NotFound();
  const renditions = await db
    .selectFrom('rendition')
    .select(['height', 'bitrate'])
    .where('media_id', '=', mediaId)
    .orderBy('height')
    .execute();
  const { id, state, filename, duration_ms, reason } = media;
  return { id, state, filename, durationMs: duration_ms, renditions, reason };
}
