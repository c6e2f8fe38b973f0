import { expect, test } from 'vitest';
import { plannedClassHours } from './planned-hours';

test.each([
  [0, '0.0'],
  [1, '0.1'],
  [9 * 60_000, '0.2'],
  [45 * 60_000, '1.0'],
  [24 * 45 * 60_000, '24.0'],
])('%d ms of video are planned as %s class hours', (ms, hours) => {
  expect(plannedClassHours(ms)).toBe(hours);
});
