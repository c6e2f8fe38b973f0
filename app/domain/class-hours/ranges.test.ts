import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  insertRange,
  intersectRanges,
  meetsRanges,
  normaliseRanges,
  parseRanges,
  serialiseRanges,
  subtractRanges,
  totalLength,
  type Range,
} from './ranges';

const anyRange = fc.tuple(fc.nat(60), fc.nat(12)).map(([from, ms]): Range => [from, from + ms]);
const anyRanges = fc.array(anyRange, { maxLength: 12 });

const pointsIn = (ranges: readonly Range[]) => {
  const points = new Set<number>();
  for (const [from, to] of ranges) for (let at = from; at < to; at++) points.add(at);
  return points;
};

describe('ranges', () => {
  it('hold each millisecond once, sorted and apart, however they are inserted', () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const list: Range[] = [];
        let gained = 0;
        for (const [from, to] of ranges) gained += insertRange(list, from, to);
        expect(pointsIn(list)).toEqual(pointsIn(ranges));
        expect(gained).toBe(pointsIn(ranges).size);
        expect(totalLength(list)).toBe(gained);
        list.forEach(([from, to], i) => {
          expect(from).toBeLessThan(to);
          if (i > 0) expect(list[i - 1]![1]).toBeLessThan(from);
        });
        expect(parseRanges(serialiseRanges(list))).toEqual(list);
      }),
    );
  });

  it('subtract as sets of milliseconds do', () => {
    fc.assert(
      fc.property(anyRanges, anyRanges, (a, b) => {
        const left = subtractRanges(normaliseRanges(a), normaliseRanges(b));
        const rest = [...pointsIn(a)].filter((at) => !pointsIn(b).has(at));
        expect(pointsIn(left)).toEqual(new Set(rest));
      }),
    );
  });

  it('intersect and meet as sets of milliseconds do', () => {
    fc.assert(
      fc.property(anyRanges, anyRanges, anyRange, (a, b, [from, to]) => {
        const [left, right] = [normaliseRanges(a), normaliseRanges(b)];
        const both = [...pointsIn(a)].filter((at) => pointsIn(b).has(at));
        expect(pointsIn(intersectRanges(left, right))).toEqual(new Set(both));
        const shared = [...pointsIn([[from, to]])].some((at) => pointsIn(a).has(at));
        expect(meetsRanges(left, from, to)).toBe(shared);
      }),
    );
  });

  it.each(['{}', '[[1]]', '[[1,2,3]]', '[["1","2"]]', '[[2,1]]', '[[1,2],[2,3]]', '[[5,6],[1,2]]'])(
    'refuse the damaged text %s',
    (text) => {
      expect(() => parseRanges(text)).toThrow(TypeError);
    },
  );
});
