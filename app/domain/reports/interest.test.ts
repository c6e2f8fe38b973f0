import fc from 'fast-check';
import { expect, test } from 'vitest';
import { peakOf, sumInterest } from './interest';

const stretch = (mediaFromMs: number, mediaToMs: number, wallFromMs: number) => ({
  mediaFromMs,
  mediaToMs,
  wallFromMs,
  wallToMs: wallFromMs + mediaToMs - mediaFromMs,
});

test('where one viewer rewatched, paused and left is seen', () => {
  const slices = sumInterest(
    [
      {
        viewer: '张强',
        stretches: [
          stretch(0, 30_000, 0),
          stretch(30_000, 40_000, 60_000),
          stretch(20_000, 40_000, 70_000),
        ],
      },
    ],
    100_000,
    10,
  );
  expect(slices.map((slice) => slice.viewers)).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
  expect(peakOf(slices, 'again')).toMatchObject({ fromMs: 20_000, again: 1 });
  expect(peakOf(slices, 'pauses')).toMatchObject({ fromMs: 30_000, pauses: 1 });
  expect(peakOf(slices, 'leaves')).toMatchObject({ fromMs: 40_000, leaves: 1 });
});

test('who saw it to the end left nowhere, and who came back left once', () => {
  const slices = sumInterest(
    [
      { viewer: '甲', stretches: [stretch(0, 20_000, 0)] },
      { viewer: '甲', stretches: [stretch(20_000, 50_000, 0)] },
      { viewer: '乙', stretches: [stretch(0, 99_000, 0)] },
    ],
    100_000,
    10,
  );
  expect(slices.reduce((sum, slice) => sum + slice.leaves, 0)).toBe(1);
  expect(slices[5]?.leaves).toBe(1);
});

test('a short stop and a seek are no pause', () => {
  const slices = sumInterest(
    [
      {
        viewer: '甲',
        stretches: [
          stretch(0, 9_000, 0),
          stretch(9_000, 12_000, 10_000),
          stretch(50_000, 60_000, 60_000),
        ],
      },
    ],
    100_000,
    10,
  );
  expect(peakOf(slices, 'pauses')).toBeUndefined();
});

test('whatever is played, no slice has more viewers than there are, and play adds up', () => {
  const one = fc
    .tuple(fc.integer({ min: 0, max: 99_000 }), fc.integer({ min: 1, max: 30_000 }))
    .map(([from, length]) => stretch(from, Math.min(100_000, from + length), 0));
  const viewing = fc.record({
    viewer: fc.constantFrom('甲', '乙', '丙'),
    stretches: fc.array(one, { maxLength: 6 }),
  });
  fc.assert(
    fc.property(fc.array(viewing, { maxLength: 8 }), fc.integer({ min: 1, max: 120 }), (all, n) => {
      const slices = sumInterest(all, 100_000, n);
      const people = new Set(all.map(({ viewer }) => viewer)).size;
      expect(slices).toHaveLength(n);
      for (const slice of slices) {
        expect(slice.viewers).toBeLessThanOrEqual(people);
        expect(slice.again).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
