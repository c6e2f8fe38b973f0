/** A kind of file that can be fetched of a media. */
export interface MediaFileKind {
  name: RegExp;
  type: string;
  cache: string;
  /** A `playlist` names segments, and gives each its link; a `segment` opens by such a link only. */
  part?: 'playlist' | 'segment';
  /** Whether asking for it means that something may have been played. */
  played?: true;
}

// A segment's address carries its version: what it names never changes.
const FOREVER = 'private, max-age=31536000, immutable';

/** Everything there is to fetch of a media; whatever else is asked for does not exist. */
export const MEDIA_FILE_KINDS: readonly MediaFileKind[] = [
  {
    name: /^master\.m3u8$/,
    type: 'application/vnd.apple.mpegurl',
    // Renditions are added to it while the lesson can be watched already; half a minute lets a player find what
    // its page fetched ahead.
    cache: 'private, max-age=30',
    played: true,
  },
  {
    name: /^[a-z0-9]{2,8}\/index\.m3u8$/,
    type: 'application/vnd.apple.mpegurl',
    cache: 'private, max-age=3600',
    part: 'playlist',
    played: true,
  },
  {
    name: /^[a-z0-9]{2,8}\/[a-z0-9-]{1,40}\.m4s$/,
    type: 'video/iso.segment',
    cache: FOREVER,
    part: 'segment',
    played: true,
  },
  {
    name: /^[a-z0-9]{2,8}\/[a-z0-9-]{1,40}\.mp4$/,
    type: 'video/mp4',
    cache: FOREVER,
    part: 'segment',
    played: true,
  },
  { name: /^poster(-[1-4])?\.jpg$/, type: 'image/jpeg', cache: 'private, max-age=3600' },
  { name: /^previews-\d{1,3}\.jpg$/, type: 'image/jpeg', cache: 'private, max-age=86400' },
  { name: /^previews\.vtt$/, type: 'text/vtt; charset=utf-8', cache: 'private, max-age=3600' },
  {
    name: /^captions\.[a-z]{2,3}(-[A-Za-z]{2,8})?\.vtt$/,
    type: 'text/vtt; charset=utf-8',
    cache: 'private, max-age=60',
  },
];
