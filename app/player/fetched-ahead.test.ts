import { expect, test } from 'vitest';
import { firstParts, partAddress } from './warm-media';

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

test('each part of a file has an address of its own, beside what its link carries', () => {
  expect(partAddress('/m/240/media.m4s?s=a', 'bytes=800-1799')).toBe(
    '/m/240/media.m4s?s=a&from=800',
  );
  expect(partAddress('/m/240/media.m4s', 'bytes=0-9')).toBe('/m/240/media.m4s?from=0');
  expect(partAddress('/m/240/index.m3u8', undefined)).toBe('/m/240/index.m3u8');
});
