import { expect, test, vi } from 'vitest';
import { createClock, createDrivenClock, isDriven } from './clock.server';

test('time starts no earlier than the last stored moment', () => {
  const future = Date.now() + 3_600_000;
  expect(createClock(future).now()).toBeGreaterThanOrEqual(future);
});

test('time does not run back when the machine’s clock is set back', () => {
  const clock = createClock();
  const before = clock.now();
  vi.useFakeTimers({ toFake: ['Date'], now: before - 86_400_000 });
  try {
    expect(clock.now()).toBeGreaterThanOrEqual(before);
  } finally {
    vi.useRealTimers();
  }
});

test('time catches up after the machine slept', () => {
  const clock = createClock();
  const later = clock.now() + 3_600_000;
  vi.useFakeTimers({ toFake: ['Date'], now: later });
  try {
    expect(clock.now()).toBeGreaterThanOrEqual(later);
  } finally {
    vi.useRealTimers();
  }
});

test('driven time stands still until it is moved, and never goes back', () => {
  const future = Date.now() + 3_600_000;
  const clock = createDrivenClock(future);
  expect([isDriven(clock), isDriven(createClock())]).toEqual([true, false]);
  vi.useFakeTimers({ toFake: ['Date'], now: future + 86_400_000 });
  try {
    expect([clock.now(), clock.advance(0), clock.advance(1_500)]).toEqual([
      future,
      future,
      future + 1_500,
    ]);
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(clock.now()).toBe(future + 1_500);
  } finally {
    vi.useRealTimers();
  }
});
