import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readImage } from './read-image';

const from = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
/** One pixel each, as browsers and cwebp write them. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const WEBP = 'UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=';
const WEBP_LOSSLESS = 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==';
const JPEG = [
  0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 2, 0, 3, 1, 1, 0x11, 0, 0xff, 0xd9,
];

test('a picture is known by its content', () => {
  expect(readImage(from(PNG))).toEqual({ type: 'image/png', width: 1, height: 1 });
  expect(readImage(from(WEBP))).toEqual({ type: 'image/webp', width: 1, height: 1 });
  expect(readImage(from(WEBP_LOSSLESS))).toEqual({ type: 'image/webp', width: 1, height: 1 });
  expect(readImage(new Uint8Array(JPEG))).toEqual({ type: 'image/jpeg', width: 3, height: 2 });
});

test('what only says so by its name is none', () => {
  const texts = [
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'GIF89a',
    '<html>',
    '',
    'RIFF....WEBP',
  ];
  for (const text of texts) expect(readImage(new TextEncoder().encode(text))).toBeUndefined();
});

test('nothing that was cut short or scrambled is more than looked at', () => {
  const start = fc.constantFrom(...[from(PNG), from(WEBP), new Uint8Array(JPEG)]);
  fc.assert(
    fc.property(start, fc.nat(40), fc.uint8Array(), (bytes, length, rest) => {
      readImage(new Uint8Array([...bytes.slice(0, length), ...rest]));
    }),
  );
});
