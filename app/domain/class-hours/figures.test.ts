import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatExact, formatExactMs, isComplete, toClassHours, totalClassHours } from './figures';

const MINUTE = 60_000;

describe('class hours', () => {
  it.each([
    [0, 45, 0],
    [45 * MINUTE, 45, 1],
    [45 * MINUTE - 3000, 45, 1],
    [45 * MINUTE - 3001, 45, 0.9],
    [4.5 * MINUTE - 3000, 45, 0.1],
    [4.5 * MINUTE - 3001, 45, 0],
    [90 * MINUTE, 60, 1.5],
    [7 * 45 * MINUTE, 45, 7],
  ])('%i ms of %i-minute class hours are %f', (ms, minutes, hours) => {
    expect(toClassHours(ms, minutes)).toBe(hours);
  });

  it('of one length total as their sum does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20_000_000), { minLength: 1 }),
        fc.constantFrom(45, 50, 60),
        (all, unit) => {
          const rows = all.map((creditedMs) => ({ creditedMs, minutesPerClassHour: unit }));
          expect(totalClassHours(rows)).toBe(
            toClassHours(
              all.reduce((a, b) => a + b),
              unit,
            ),
          );
        },
      ),
    );
  });

  it('of different lengths are added before they are rounded', () => {
    const rows = [
      { creditedMs: 42.75 * MINUTE, minutesPerClassHour: 45 },
      { creditedMs: 57 * MINUTE, minutesPerClassHour: 60 },
    ];
    expect(rows.map((row) => toClassHours(row.creditedMs, row.minutesPerClassHour))).toEqual([
      0.9, 0.9,
    ]);
    expect(totalClassHours(rows)).toBe(1.9);
    expect(totalClassHours([])).toBe(0);
  });
});

describe('exact time', () => {
  it.each([
    [0, '0:00:00', '0:00:00.000'],
    [59_999, '0:00:59', '0:00:59.999'],
    [-61_001, '−0:01:01', '−0:01:01.001'],
    [3_600_000, '1:00:00', '1:00:00.000'],
    [4_860_000 * 2_700_000 + 1, '3645000:00:00', '3645000:00:00.001'],
  ])('%i ms reads %s', (ms, exact, toTheMillisecond) => {
    expect(formatExact(ms)).toBe(exact);
    expect(formatExactMs(ms)).toBe(toTheMillisecond);
  });
});

describe('a lesson', () => {
  it.each([
    ['is complete at 95 %', 95_000, 95_000, 1, true],
    ['is not complete just below', 94_999, 95_000, 1, false],
    ['is not complete in less time than it takes', 100_000, 94_999, 1, false],
    ['is complete at twice the speed in half the time', 95_000, 47_500, 2, true],
    ['is not complete in less than half', 95_000, 47_499, 2, false],
    ['is complete at a speed no binary fraction can hold', 110_000, 86_363.7, 1.1, true],
  ])('%s', (_what, coveredMs, spentMs, maxSpeed, complete) => {
    expect(isComplete({ coveredMs, spentMs, lengthMs: 100_000, maxSpeed })).toBe(complete);
  });

  it('without length is never complete', () => {
    expect(isComplete({ coveredMs: 0, spentMs: 0, lengthMs: 0, maxSpeed: 1 })).toBe(false);
  });
});
