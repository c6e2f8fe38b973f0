import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heightsFor, isQuality, listQualities, megabytes, offeredQuality } from './quality';

const ladder = [
  { height: 240, bitrate: 160_000 },
  { height: 480, bitrate: 700_000 },
  { height: 1080, bitrate: 3_200_000 },
];

test('each choice says what the lesson brings over the line', () => {
  const choices = listQualities({ rungs: ladder, audioBitrate: 48_000, durationMs: 600_000 });
  expect(choices.map(({ quality, bytes }) => `${quality} ${megabytes(bytes)}`)).toEqual([
    'auto 240',
    '1080 240',
    '480 53',
    '240 12',
    'saver 12',
    'audio 3.6',
  ]);
});

test('a video in one size offers no menu of sizes', () => {
  const only = { rungs: [{ height: 480, bitrate: 26_025 }], audioBitrate: null };
  expect(listQualities({ ...only, durationMs: 64_000 })).toEqual([
    { quality: 'auto', bytes: 208_200 },
  ]);
});

test('who asked for 720p gets the next smaller size where there is none', () => {
  expect(heightsFor('720', [240, 480, 1080])).toEqual([480]);
  expect(heightsFor('144', [240, 480])).toEqual([240]);
  expect(heightsFor('saver', [480, 1080])).toEqual([480]);
  const choices = listQualities({ rungs: ladder, audioBitrate: null, durationMs: 1000 });
  expect(offeredQuality('720', choices)).toBe('480');
  expect(offeredQuality('audio', choices)).toBe('auto');
  expect(offeredQuality('saver', choices)).toBe('saver');
});

test('a remembered text is a choice or nothing', () => {
  expect(['auto', '720', 'saver', 'audio'].every(isQuality)).toBe(true);
  expect(['', 'best', '72x', '99999', null].some(isQuality)).toBe(false);
});

test('whatever is chosen, something plays, and saving never plays more than the smallest or 240', () => {
  const heights = fc.uniqueArray(fc.integer({ min: 100, max: 4320 }), { minLength: 1 });
  const chosen = fc.oneof(
    fc.constantFrom('auto' as const, 'saver' as const),
    fc.integer({ min: 10, max: 9999 }).map((height): `${number}` => `${height}`),
  );
  fc.assert(
    fc.property(heights, chosen, (all, quality) => {
      const played = heightsFor(quality, all);
      expect(played.length).toBeGreaterThan(0);
      expect(played.every((height) => all.includes(height))).toBe(true);
      if (quality === 'saver') {
        expect(Math.max(...played)).toBeLessThanOrEqual(Math.max(240, Math.min(...all)));
      }
    }),
  );
});

test('a very short lesson is never said to cost nothing', () => {
  expect(megabytes(12)).toBe('0.1');
  expect(megabytes(9_949_999)).toBe('9.9');
  expect(megabytes(9_960_000)).toBe('10');
});
