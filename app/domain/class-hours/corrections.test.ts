import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appealSchema, correctionSchema, decisionSchema, parseSignedTime } from './correction-form';
import { addDecisions, outOfBounds, type Correction } from './corrections';

const MINUTE = 60_000;

describe('time as people type it', () => {
  test.each([
    ['5', 5 * MINUTE],
    ['15', 15 * MINUTE],
    ['45', 45 * MINUTE],
    ['5:20', 5 * MINUTE + 20_000],
    ['+5:20', 5 * MINUTE + 20_000],
    ['-5:20', -5 * MINUTE - 20_000],
    ['−0:40', -40_000],
    ['1:30:00', 90 * MINUTE],
    [' 12 ', 12 * MINUTE],
    ['0', 0],
    ['', undefined],
    ['five', undefined],
    ['5:60', undefined],
    ['5:', undefined],
    ['5.5', undefined],
    ['--5', undefined],
    ['25:00:00', undefined],
    ['1e3', undefined],
  ])('%o is read as %o ms', (typed, ms) => {
    expect(parseSignedTime(typed)).toBe(ms);
  });
});

describe('the forms', () => {
  test('name each field that is not right', () => {
    const correction = correctionSchema.safeParse({ day: '2026-13-40', time: 'x', reason: ' ' });
    expect(correction.error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
      ['day', 'day'],
      ['time', 'time'],
      ['reason', 'words'],
    ]);
    const appeal = appealSchema.safeParse({ day: '', text: '长'.repeat(501) });
    expect(appeal.error?.issues.map(({ message }) => message)).toEqual(['too-long']);
    const decision = decisionSchema.safeParse({ decision: 'maybe' });
    expect(decision.error?.issues[0]).toMatchObject({ path: ['decision'], message: 'decision' });
  });

  test('ask for no time where an appeal is refused', () => {
    const refused = { decision: 'declined', reason: '那段没有放' };
    expect(decisionSchema.parse({ ...refused, day: '', time: '' })).toEqual(refused);
  });
});

test.each([
  [0, {}, 'zero'],
  [-MINUTE, { dayMs: MINUTE, lessonMs: MINUTE }, undefined],
  [-MINUTE, { dayMs: MINUTE - 1, lessonMs: 5 * MINUTE }, 'below-zero'],
  [-MINUTE, { dayMs: 5 * MINUTE, lessonMs: MINUTE - 1 }, 'below-zero'],
  [MINUTE, { lessonMs: 9 * MINUTE }, undefined],
  [MINUTE + 1, { lessonMs: 9 * MINUTE }, 'over-length'],
  [1, { lengthMs: 0 }, 'over-length'],
])('a correction of %i ms on top of %o is %s', (ms, given, wrong) => {
  const bounds = { dayMs: 0, lessonMs: 0, lengthMs: 10 * MINUTE, ...given };
  expect(outOfBounds(ms, bounds)).toBe(wrong);
});

test('days and plays add up to the credit with whatever was decided', () => {
  const anyDay = fc.constantFrom('2026-11-01', '2026-11-02', '2026-11-03');
  const anyDecision: fc.Arbitrary<Correction> = fc.record({
    day: anyDay,
    ms: fc.integer({ min: -5 * MINUTE, max: 5 * MINUTE }).filter((ms) => ms !== 0),
    cause: fc.constant('decision' as const),
    reason: fc.constant('停电'),
    by: fc.constant('周经理'),
    at: fc.integer({ min: 0, max: 10 * MINUTE }),
    appealId: fc.constant(null),
  });
  const anyPlay = fc.record({
    wallFrom: fc.nat(10 * MINUTE),
    creditedMs: fc.nat(5 * MINUTE),
    day: anyDay,
  });
  fc.assert(
    fc.property(fc.array(anyPlay), fc.array(anyDecision), (played, decisions) => {
      const plays = played.map(({ wallFrom, creditedMs }) => ({
        ...{ wallFrom, wallTo: wallFrom + creditedMs, creditedMs, validMs: creditedMs },
        ...{ mediaFromMs: 0, mediaToMs: creditedMs, refusals: [] },
      }));
      const byDay = new Map<string, { day: string; creditedMs: number; spentMs: number }>();
      for (const { day, creditedMs } of played) {
        const ms = (byDay.get(day)?.creditedMs ?? 0) + creditedMs;
        byDay.set(day, { day, creditedMs: ms, spentMs: ms });
      }
      const law = played.reduce((sum, play) => sum + play.creditedMs, 0);
      const explained = addDecisions(
        { creditedMs: law, byDay: [...byDay.values()], plays },
        decisions,
      );
      const sum = (list: readonly { creditedMs: number }[]) =>
        list.reduce((total, one) => total + one.creditedMs, 0);
      const decided = decisions.reduce((total, { ms }) => total + ms, 0);
      expect(explained.creditedMs).toBe(law + decided);
      expect(sum(explained.byDay)).toBe(law + decided);
      expect(sum(explained.plays)).toBe(law + decided);
      expect(explained.plays).toHaveLength(plays.length + decisions.length);
    }),
  );
});
