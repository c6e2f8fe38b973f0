/** One fragment of a packaged file: it starts with a keyframe. Bytes, and seconds of playing. */
export interface Fragment {
  offset: number;
  bytes: number;
  seconds: number;
}

export interface PackagedSound {
  /** ftyp and moov: the first `initBytes` bytes. */
  initBytes: number;
  fragments: Fragment[];
  /** Such as avc1.64001f and mp4a.40.2 */
  codecs: string[];
}

export interface PackagedFile extends PackagedSound {
  width: number;
  height: number;
}

// A small first segment shows a picture early on a slow network.
const FIRST_SECONDS = 1.5;
const SEGMENT_SECONDS = 5.5;

/** Joins neighbouring fragments to segments of about 6 s, the first of about 2 s. */
export function groupFragments(fragments: readonly Fragment[]): Fragment[] {
  const segments: Fragment[] = [];
  for (const fragment of fragments) {
    const last = segments.at(-1);
    const enough = segments.length === 1 ? FIRST_SECONDS : SEGMENT_SECONDS;
    if (!last || last.seconds >= enough) segments.push({ ...fragment });
    else {
      last.bytes += fragment.bytes;
      last.seconds += fragment.seconds;
    }
  }
  return segments;
}

/** Where the segments of a media playlist begin, in s. */
export function segmentStarts(playlist: string): number[] {
  const lengths = [...playlist.matchAll(/^#EXTINF:([\d.]+)/gm)].map((match) => Number(match[1]));
  let at = 0;
  return lengths.map((length) => (at += length) - length);
}

/** The media playlist of one rendition: byte ranges into its one file (RFC 8216, 4.3). */
export function writeMediaPlaylist(file: PackagedSound): string {
  const segments = groupFragments(file.fragments);
  const longest = Math.max(...segments.map((segment) => Math.round(segment.seconds)), 1);
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${longest}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI="media.m4s",BYTERANGE="${file.initBytes}@0"`,
    ...segments.flatMap((segment) => [
      `#EXTINF:${segment.seconds.toFixed(6)},`,
      `#EXT-X-BYTERANGE:${segment.bytes}@${segment.offset}`,
      'media.m4s',
    ]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}

/** Bits a second: the mean of the whole file, and of its heaviest segment. */
export function measureBitrates(file: PackagedSound): { average: number; peak: number } {
  const segments = groupFragments(file.fragments);
  const bits = (part: Fragment) => Math.ceil((part.bytes * 8) / Math.max(part.seconds, 0.001));
  const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
  const seconds = segments.reduce((sum, segment) => sum + segment.seconds, 0);
  // A last segment of a few frames says nothing about the rate the network must carry.
  const telling = segments.filter((segment) => segment.seconds >= 1);
  const average = bits({ offset: 0, bytes, seconds });
  return { average, peak: Math.max(average, ...telling.map(bits)) };
}

/** Where the sound alone lies under its media; no master playlist lists it. */
export const AUDIO_FOLDER = 'audio';

/** The playable rendition's place under its media. */
export function renditionFolder(height: number): string {
  return String(height);
}

/**
 * The master playlist with one more rendition (or the same one anew), lowest rate first; `master` is
 * the text so far, undefined for the first.
 */
export function addToMasterPlaylist(master: string | undefined, file: PackagedFile): string {
  const uri = `${renditionFolder(file.height)}/index.m3u8`;
  const { average, peak } = measureBitrates(file);
  const described =
    `#EXT-X-STREAM-INF:BANDWIDTH=${peak},AVERAGE-BANDWIDTH=${average},` +
    `RESOLUTION=${file.width}x${file.height},CODECS="${file.codecs.join(',')}"`;
  const lines = (master ?? '').split('\n');
  const streams = lines.flatMap((line, index) =>
    line.startsWith('#EXT-X-STREAM-INF:') ? [{ line, uri: lines[index + 1] ?? '' }] : [],
  );
  const bandwidth = (line: string) => Number(/[:,]BANDWIDTH=(\d+)/.exec(line)?.[1] ?? 0);
  const all = [...streams.filter((stream) => stream.uri !== uri), { line: described, uri }].sort(
    (a, b) => bandwidth(a.line) - bandwidth(b.line),
  );
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...all.flatMap((stream) => [stream.line, stream.uri]),
    '',
  ].join('\n');
}
