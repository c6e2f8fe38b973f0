import { expect, test } from 'vitest';
import { linkPlaylist, listPlaylistFiles } from './playlist-links';
import { writeMediaPlaylist } from './playlist';

const playlist = writeMediaPlaylist({
  initBytes: 800,
  fragments: [
    { offset: 800, bytes: 10_000, seconds: 2 },
    { offset: 10_800, bytes: 30_000, seconds: 6 },
  ],
  codecs: ['avc1.64001f'],
});

test('every file of a playlist gets its link, and nothing else of it changes', () => {
  const linked = linkPlaylist(playlist, (name) => `${name}?s=abc`);
  expect(linked.split('\n').filter((line) => line.includes('?s=abc'))).toEqual([
    '#EXT-X-MAP:URI="media.m4s?s=abc",BYTERANGE="800@0"',
    'media.m4s?s=abc',
    'media.m4s?s=abc',
  ]);
  expect(linked.replaceAll('?s=abc', '')).toBe(playlist);
});

test('the one file of a rendition is listed once', () => {
  expect(listPlaylistFiles(playlist)).toEqual(['media.m4s']);
});

test('a playlist with carriage returns keeps its links whole', () => {
  const linked = linkPlaylist('#EXTM3U\r\n#EXTINF:2,\r\na.m4s\r\n', (name) => `${name}?x`);
  expect(linked).toBe('#EXTM3U\r\n#EXTINF:2,\r\na.m4s?x\n');
});
