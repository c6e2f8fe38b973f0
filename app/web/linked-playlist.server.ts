import { linkPlaylist, listPlaylistFiles } from '~/domain/media/playlist-links';
import { NotFound } from '~/domain/shared/errors';
import { readSecret } from '~/infra/secret.server';
import type { Platform } from './platform.server';
import { createSegmentLinks, type SegmentLinks } from './segment-links.server';
import { versionOf } from './send-object.server';

type Linking = Pick<Platform, 'mediaStore' | 'settings' | 'clock'>;

const known = new WeakMap<object, SegmentLinks>();

/** The links of this platform, whose secret is read once. */
export function linksOf({ settings }: Linking): SegmentLinks {
  const links =
    known.get(settings) ?? createSegmentLinks(readSecret(settings.dataDir, 'media-links'));
  known.set(settings, links);
  return links;
}

/**
 * The stored playlist with the person's own links, which are signed only once the person was let in; throws NotFound
 * where a file that it names is gone.
 */
export async function linkFor(
  platform: Linking,
  personId: string,
  key: string,
  playlist: string,
): Promise<string> {
  const { mediaStore, clock } = platform;
  const links = linksOf(platform);
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  const queries = new Map<string, string>();
  for (const name of listPlaylistFiles(playlist)) {
    const found = await mediaStore.stat(folder + name);
    if (!found) throw new NotFound();
    queries.set(name, links.query(personId, folder + name, versionOf(found), clock.now()));
  }
  return linkPlaylist(playlist, (name) => `${name}?${queries.get(name) ?? ''}`);
}
