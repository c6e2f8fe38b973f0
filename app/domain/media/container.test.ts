import { expect, test } from 'vitest';
import { sniffContainer } from './container';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const packets = (length: number, first: number) => {
  const head = new Uint8Array(first + length * 4);
  for (let n = 0; n < 4; n += 1) head[first + n * length] = 0x47;
  return head;
};

test.each([
  ['a phone film', bytes('\0\0\0\x18ftypmp42'), 'mov'],
  ['an old QuickTime film', bytes('\0\0\0\x08wide\0\0\0\0mdat'), 'mov'],
  ['Matroska and WebM', bytes('\x1a\x45\xdf\xa3'), 'matroska'],
  ['AVI', bytes('RIFF\0\0\0\0AVI LIST'), 'avi'],
  ['a transport stream', packets(188, 0), 'mpegts'],
  ["a camera's transport stream", packets(192, 4), 'mpegts'],
  ['a programme stream', bytes('\0\0\x01\xba'), 'mpeg'],
  ['Flash video', bytes('FLV\x01\x05'), 'flv'],
  ['Windows Media', bytes('\x30\x26\xb2\x75\x8e\x66\xcf\x11'), 'asf'],
  ['a photo of a phone', bytes('\0\0\0\x18ftypheic'), undefined],
  ['a PNG', bytes('\x89PNG\r\n\x1a\n'), undefined],
  ['a sound file', bytes('RIFF\0\0\0\0WAVEfmt '), undefined],
  ['a playlist', bytes('#EXTM3U\n'), undefined],
  ['a concat script', bytes('ffconcat version 1.0\n'), undefined],
  ['a text full of G', bytes('G'.repeat(100)), undefined],
  ['an empty file', new Uint8Array(), undefined],
])('%s', (_name, head, demuxer) => {
  expect(sniffContainer(head)).toBe(demuxer);
});
