import { expect, test } from 'vitest';
import { missingWithin } from './missing-within';

const coverage = [
  [10, 20],
  [30, 40],
] as const;

test.each([
  [
    'before, between and behind what is covered',
    0,
    50,
    [
      [0, 10],
      [20, 30],
      [40, 50],
    ],
  ],
  ['only the part inside the span', 15, 25, [[20, 25]]],
  ['nothing where all is covered', 12, 18, []],
  ['everything where nothing is', 41, 60, [[41, 60]]],
  ['nothing of an empty span', 5, 5, []],
])('what is missing is %s', (_, from, to, missing) => {
  expect(missingWithin(coverage, from, to)).toEqual(missing);
});
