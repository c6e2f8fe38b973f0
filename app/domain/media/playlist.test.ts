import { expect, test } from 'vitest';
import {
  addToMasterPlaylist,
  groupFragments,
  writeMediaPlaylist,
  type Fragment,
  type PackagedFile,
} from './playlist';

function fragments(...seconds: number[]): Fragment[] {
  let offset = 800;
  return seconds.map((length) => {
    const bytes = Math.round(length * 1000);
    const fragment = { offset, bytes, seconds: length };
    offset += bytes;
    return fragment;
  });
}

const file = (height: number, all: Fragment[]): PackagedFile => ({
  initBytes: 800,
  fragments: all,
  codecs: ['avc1.64001f', 'mp4a.40.2'],
  width: (height * 16) / 9,
  height,
});

test('fragments of a second make a small first segment, then six seconds each, without a gap', () => {
  const segments = groupFragments(fragments(...Array.from({ length: 16 }, () => 1)));
  expect(segments.map((segment) => segment.seconds)).toEqual([2, 6, 6, 2]);
  for (const [n, segment] of segments.entries()) {
    const next = segments[n + 1];
    if (next) expect(next.offset).toBe(segment.offset + segment.bytes);
  }
});

test('a media playlist names byte ranges, and no segment is longer than it says', () => {
  const text = writeMediaPlaylist(file(360, fragments(2, 6, 7.6)));
  expect(text).toContain('#EXT-X-TARGETDURATION:8\n');
  expect(text).toContain('#EXT-X-MAP:URI="media.m4s",BYTERANGE="800@0"\n');
  expect(text).toContain('#EXTINF:7.600000,\n#EXT-X-BYTERANGE:7600@8800\nmedia.m4s\n');
  expect(text.endsWith('#EXT-X-ENDLIST\n')).toBe(true);
});

test('renditions join the master playlist one by one, the lightest first, each once', () => {
  const light = file(480, fragments(2, 6));
  const heavy = file(
    720,
    fragments(2, 6).map((one) => ({ ...one, bytes: one.bytes * 3 })),
  );
  const first = addToMasterPlaylist(undefined, heavy);
  const both = addToMasterPlaylist(first, light);
  expect(both).toBe(
    '#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n' +
      '#EXT-X-STREAM-INF:BANDWIDTH=8000,AVERAGE-BANDWIDTH=8000,' +
      `RESOLUTION=${light.width}x480,CODECS="avc1.64001f,mp4a.40.2"\n480/index.m3u8\n` +
      '#EXT-X-STREAM-INF:BANDWIDTH=24000,AVERAGE-BANDWIDTH=24000,' +
      'RESOLUTION=1280x720,CODECS="avc1.64001f,mp4a.40.2"\n720/index.m3u8\n',
  );
  expect(addToMasterPlaylist(both, heavy)).toBe(both);
});
