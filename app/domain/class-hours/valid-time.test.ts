import { describe, expect, it } from 'vitest';
import type { Beat, Clause, LessonLaw, WatchSessionFact } from './rule-set';
import { beat, law, MINUTE, NOON, session } from './testing-evidence';
import { beatPosition, isTooFast, judgeBeat } from './valid-time';

describe('a refused millisecond', () => {
  const refusals = (sent: Beat, of: WatchSessionFact, under = law()) =>
    judgeBeat(sent, of, under).flatMap((part) =>
      part.refusals.map(({ clause, ms }) => [clause, ms]),
    );
  const opened = session(1, NOON);

  it.each<[string, Partial<Beat>, number]>([
    ['of the future', { arrivedAt: NOON + 60_000 }, 10 * MINUTE - 60_000 - 2000 - 60],
    ['within two seconds and a thousandth of its arrival', { arrivedAt: NOON + 597_403 }, 0],
    ['beyond that by one', { arrivedAt: NOON + 597_402 }, 1],
  ])('%s is refused as elapsed', (_what, more, ms) => {
    expect(refusals(beat(1, [0, 10], [0, 10], more), opened)).toEqual(
      ms > 0 ? [['elapsed', ms]] : [],
    );
  });

  it('is named by the first clause that applies', () => {
    const taken = session(1, NOON, NOON + 6 * MINUTE);
    const openFor: LessonLaw['openIntervals'] = [[NOON - MINUTE, NOON + 4 * MINUTE]];
    const hidden = { visible: false, arrivedAt: NOON + 8 * MINUTE };
    const expected: [Clause, number][] = [
      ['elapsed', 10 * MINUTE - (8 * MINUTE + 2480)],
      ['one-stream', 2 * MINUTE + 2480],
      ['class-open', 2 * MINUTE],
      ['visible', 4 * MINUTE],
    ];
    expect(refusals(beat(1, [0, 10], [0, 10], hidden), taken, law({}, openFor))).toEqual(expected);
  });

  it('of a claim that spans years does not cost years of work', () => {
    const absurd = { ...beat(1, [0, 10], [0, 10]), wallToMs: 1e14, arrivedAt: NOON + MINUTE };
    expect(judgeBeat(absurd, opened, law())).toHaveLength(1);
  });
});

describe('speed', () => {
  it.each([
    [1, 10_000, 11_250, false],
    [1, 10_000, 11_251, true],
    [1, 0, 250, false],
    [1.1, 10_000, 12_350, false],
    [1.1, 10_000, 12_351, true],
    [2, 10_000, 22_250, false],
    [2, 10_000, 22_251, true],
  ])(
    'of at most %f: %i ms of time and %i of media are too fast: %s',
    (maxSpeed, wall, media, tooFast) => {
      const played = { ...beat(1, [0, 0], [0, 0]), wallToMs: wall, mediaToMs: media };
      expect(isTooFast(played, maxSpeed)).toBe(tooFast);
    },
  );
});

describe('a straight line', () => {
  it('is exact where the product of its lengths leaves the exact range', () => {
    const long = { ...beat(1, [0, 0], [0, 0]), wallToMs: 9_000_000_001, mediaToMs: 36_000_000 };
    expect(beatPosition(long, 8_999_999_999)).toBe(35_999_999);
    expect(beatPosition(long, 9_000_000_001)).toBe(36_000_000);
  });
});
