import { expect, test } from 'vitest';
import { firstParts, isJoined } from './first-parts';

const playlist = [
  '#EXTM3U',
  '#EXT-X-MAP:URI="media.m4s?s=a",BYTERANGE="800@0"',
  '#EXTINF:2.000,',
  '#EXT-X-BYTERANGE:1000@800',
  'media.m4s?s=a',
  '#EXTINF:6.000,',
  '#EXT-X-BYTERANGE:3000@1800',
  'media.m4s?s=a',
  '#EXTINF:6.000,',
  '#EXT-X-BYTERANGE:3000@4800',
  'media.m4s?s=a',
  '#EXTINF:6.000,',
  '#EXT-X-BYTERANGE:3000@7800',
  'media.m4s?s=a',
  '#EXT-X-ENDLIST',
].join('\n');

test('the first seconds are asked for as the player asks: init part, then byte ranges', () => {
  expect(firstParts(playlist, 0)).toEqual([
    { url: 'media.m4s?s=a', range: 'bytes=0-799' },
    { url: 'media.m4s?s=a', range: 'bytes=800-1799' },
    { url: 'media.m4s?s=a', range: 'bytes=1800-4799' },
  ]);
});

test('who goes on in the middle gets the segments from there', () => {
  expect(firstParts(playlist, 9).map((part) => part.range)).toEqual([
    'bytes=0-799',
    'bytes=4800-7799',
    'bytes=7800-10799',
  ]);
});

test('a playlist of files has no ranges, and nonsense has nothing', () => {
  expect(firstParts('#EXTINF:4,\na.ts\n#EXTINF:4,\nb.ts\n', 5)).toEqual([
    { url: 'b.ts', range: undefined },
  ]);
  expect(firstParts('<html>', 0)).toEqual([]);
});

test('only ranges of one file without a gap come in one request', () => {
  const [init, first, second] = firstParts(playlist, 0);
  expect(isJoined(init, first)).toBe(true);
  expect(isJoined(init, second)).toBe(false);
  expect(isJoined(first, { url: 'other.m4s', range: 'bytes=1800-1900' })).toBe(false);
  expect(isJoined({ url: 'a.ts', range: undefined }, { url: 'a.ts', range: undefined })).toBe(
    false,
  );
  expect(isJoined(undefined, undefined)).toBe(false);
});
