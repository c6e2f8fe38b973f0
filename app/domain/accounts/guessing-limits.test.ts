import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { waitBeforeAttempt, type FailureCounts } from './guessing-limits';

const now = 1_000_000_000;
const counts = (pair: number, account: number, accounts: number, ago = 0): FailureCounts => ({
  pair: { count: pair, lastAt: now - ago },
  account: { count: account, lastAt: now - ago },
  address: { accounts, lastAt: now - ago },
});

describe('guessing', () => {
  test.each([
    ['four failures of the pair', counts(4, 4, 1), false, 0],
    ['five failures of the pair', counts(5, 5, 1), false, 30_000],
    ['five, from a known device too', counts(5, 5, 1), true, 30_000],
    ['six', counts(6, 6, 1), false, 60_000],
    ['five, half a minute ago', counts(5, 5, 1, 30_000), false, 0],
    ['a hundred: never more than a quarter of an hour', counts(100, 100, 1), true, 900_000],
    ['nineteen of the account', counts(0, 19, 1), false, 0],
    ['twenty of the account', counts(0, 20, 1), false, 30_000],
    ['twenty of the account, from a known device', counts(0, 20, 1), true, 0],
    ['twenty accounts from one address: a factory', counts(0, 1, 20), false, 0],
    ['more than twenty accounts from one address', counts(0, 1, 21), false, 30_000],
    ['the same, from a known device', counts(0, 1, 21), true, 0],
  ])('after %s', (_title, failures, known, wait) => {
    expect(waitBeforeAttempt(failures, known, now)).toBe(wait);
  });

  const someCounts = fc.record({
    pair: fc.record({ count: fc.nat(60), lastAt: fc.integer({ min: now - 3_600_000, max: now }) }),
    account: fc.record({
      count: fc.nat(200),
      lastAt: fc.integer({ min: now - 3_600_000, max: now }),
    }),
    address: fc.record({
      accounts: fc.nat(200),
      lastAt: fc.integer({ min: now - 3_600_000, max: now }),
    }),
  });

  test('no wait is negative or over a quarter of an hour, and waiting it out suffices', () => {
    fc.assert(
      fc.property(someCounts, fc.boolean(), (failures, known) => {
        const wait = waitBeforeAttempt(failures, known, now);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(900_000);
        expect(waitBeforeAttempt(failures, known, now + wait)).toBe(0);
      }),
    );
  });

  test('one more failure never shortens a wait, and a known device never waits longer', () => {
    fc.assert(
      fc.property(someCounts, fc.boolean(), (failures, known) => {
        const wait = waitBeforeAttempt(failures, known, now);
        const more: FailureCounts = {
          ...failures,
          pair: { count: failures.pair.count + 1, lastAt: failures.pair.lastAt },
        };
        expect(waitBeforeAttempt(more, known, now)).toBeGreaterThanOrEqual(wait);
        expect(waitBeforeAttempt(failures, true, now)).toBeLessThanOrEqual(
          waitBeforeAttempt(failures, false, now),
        );
      }),
    );
  });

  test('a device that knows the person is never slowed by what others do elsewhere', () => {
    fc.assert(
      fc.property(someCounts, (failures) => {
        const elsewhere = { ...failures, pair: { count: 0, lastAt: 0 } };
        expect(waitBeforeAttempt(elsewhere, true, now)).toBe(0);
      }),
    );
  });
});
