import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settlementLines, sumOf } from './settlement-lines';

/** Something happens to the credit of a day, or all days up to one are settled. */
const steps = fc.array(
  fc.oneof(
    fc.record({ credit: fc.integer({ min: -5_000, max: 9_000 }), day: fc.nat(30) }),
    fc.record({ days: fc.integer({ min: 1, max: 9 }) }),
  ),
  { maxLength: 60 },
);

test('whatever comes late or is taken back, all settlements and the open rest are the credit', () => {
  fc.assert(
    fc.property(steps, (history) => {
      const credit = new Map<number, number>();
      const between = (from: number, to: number) =>
        [...credit].reduce((sum, [day, ms]) => (from <= day && day < to ? sum + ms : sum), 0);
      let [settledMs, nextDay] = [0, 0];
      for (const step of history) {
        if ('credit' in step) credit.set(step.day, (credit.get(step.day) ?? 0) + step.credit);
        else {
          const to = nextDay + step.days;
          const found = {
            enrollmentId: 'of one learner',
            beforeMs: between(0, nextDay),
            periodMs: between(nextDay, to),
            settledMs,
          };
          const [line] = settlementLines([found]);
          expect(line!.creditedMs).toBe(between(nextDay, to));
          settledMs += sumOf([line!]);
          nextDay = to;
          expect(settledMs).toBe(between(0, nextDay));
        }
        const lateMs = between(0, nextDay) - settledMs;
        const openMs = between(nextDay, Infinity);
        expect(settledMs + lateMs + openMs).toBe(between(0, Infinity));
      }
    }),
  );
});
