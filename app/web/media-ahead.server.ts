import { firstParts } from '~/domain/media/first-parts';
import type { MediaAhead } from '~/domain/media/media-ahead';
import { renditionFolder } from '~/domain/media/playlist';
import { linkFor } from './linked-playlist.server';
import type { Platform } from './platform.server';

/**
 * What the page of a lesson needs so that its first request for the video brings the first picture. Only for somebody
 * who was let into the lesson; null where the store does not have it now, and the player asks by itself.
 */
export async function findMediaAhead(
  platform: Pick<Platform, 'mediaStore' | 'settings' | 'clock' | 'log'>,
  wanted: { personId: string; mediaId: string; height: number; atMs: number },
): Promise<MediaAhead | null> {
  const { mediaStore, log } = platform;
  const { personId, mediaId, height, atMs } = wanted;
  const key = `${mediaId}/${renditionFolder(height)}/index.m3u8`;
  try {
    const [master, playlist] = await Promise.all([
      mediaStore.readText(`${mediaId}/master.m3u8`),
      mediaStore.readText(key),
    ]);
    if (master === undefined || playlist === undefined) return null;
    const parts = firstParts(await linkFor(platform, personId, key, playlist), atMs / 1000);
    const folder = `/media/${mediaId}/${renditionFolder(height)}/`;
    return {
      master,
      playlist: `${folder}index.m3u8`,
      parts: parts.map(({ url, range }) => ({ url: folder + url, range })),
    };
  } catch (error) {
    log.warn({ err: error, mediaId }, 'the first seconds of a lesson could not be looked up');
    return null;
  }
}
