import { describe, expect, test } from 'vitest';
import { whatIsLeft } from './what-is-left';

const lesson = { lengthMs: 100_000, maxSpeed: 1 };

describe('what is left of a lesson', () => {
  test('before the first play is 95 % of it, from its start', () => {
    const left = whatIsLeft({ ...lesson, coverage: [], spentMs: 0 });
    expect(left).toEqual({ leftMs: 95_000, playFromMs: 0, gaps: [] });
  });

  test('starts at the first gap, and a gap before the furthest point is named', () => {
    const coverage = [
      [0, 20_000],
      [40_000, 60_000],
    ] as const;
    const left = whatIsLeft({ ...lesson, coverage, spentMs: 40_000 });
    expect(left).toEqual({ leftMs: 55_000, playFromMs: 20_000, gaps: [[20_000, 40_000]] });
  });

  test('is nothing once 95 % is covered in enough time, though an end may be unplayed', () => {
    const left = whatIsLeft({ ...lesson, coverage: [[0, 95_000]], spentMs: 95_000 });
    expect(left).toEqual({ leftMs: 0, playFromMs: 95_000, gaps: [] });
  });

  test('is time where the lesson was covered faster than the rule set lets it be', () => {
    const left = whatIsLeft({ ...lesson, maxSpeed: 2, coverage: [[0, 100_000]], spentMs: 40_000 });
    expect(left).toEqual({ leftMs: 7_500, playFromMs: undefined, gaps: [] });
  });
});
