import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceLearner,
  EMPTY_SNAPSHOT,
  foldLearner,
  type LessonFold,
  type LessonSnapshot,
} from './crediting';
import { explainLesson } from './explanation';
import { ruleSetOn } from './rule-set';
import {
  anyLearner,
  evidenceOf,
  foldHistory,
  honestLearner,
  LENGTH,
  uncappedLearner,
  type History,
} from './testing-history';
import { simulateLearner } from './testing-simulator';

const RUNS = { numRuns: 1000 };
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

/** All beats of a history in wall order, each with the place of its lesson. */
const inOrder = (history: History) =>
  evidenceOf(history)
    .flatMap(({ beats }, lesson) => beats.map((one) => ({ ...one, lesson })))
    .sort(
      (a, b) =>
        a.session.number - b.session.number ||
        a.beat.wallFromMs - b.beat.wallFromMs ||
        a.beat.seq - b.beat.seq,
    );

/** What storage keeps of a learner between two requests. */
interface Kept {
  foldedToAt: number;
  lessons: {
    snapshot: LessonSnapshot;
    creditOf: [string, number][];
    spentOf: [string, number][];
  }[];
}

const snapshotOf = ({ byDay: _byDay, parts: _parts, ...snapshot }: LessonFold) => snapshot;

function keptOf({ foldedToAt, folds }: ReturnType<typeof foldLearner>): Kept {
  const lessons = folds.map((fold) => ({
    snapshot: snapshotOf(fold),
    creditOf: fold.byDay.map((day): [string, number] => [day.day, day.creditedMs]),
    spentOf: fold.byDay.map((day): [string, number] => [day.day, day.spentMs]),
  }));
  return { foldedToAt, lessons };
}

const nothing = (history: History): Kept => ({
  foldedToAt: 0,
  lessons: history.laws.map(() => ({ snapshot: EMPTY_SNAPSHOT, creditOf: [], spentOf: [] })),
});

/** Adds to what is kept, as the tables do: a day that got nothing yet appears with its first valid time. */
function add(days: [string, number][], more: [string, number][]): [string, number][] {
  const sums = new Map(days);
  for (const [day, ms] of more) sums.set(day, (sums.get(day) ?? 0) + ms);
  return [...sums];
}

function carryOn(kept: Kept, beats: ReturnType<typeof inOrder>, history: History) {
  const stored = JSON.parse(JSON.stringify(kept)) as Kept;
  const evidence = evidenceOf(history).map(({ law }, lesson) => {
    const mine = beats.filter((one) => one.lesson === lesson);
    return { law, snapshot: stored.lessons[lesson]!.snapshot, beats: mine };
  });
  const creditedOn = (day: string) =>
    sum(stored.lessons.map(({ creditOf }) => new Map(creditOf).get(day) ?? 0));
  const next = advanceLearner({ foldedToAt: stored.foldedToAt, creditedOn }, evidence);
  if (!next) return undefined;
  const gained = keptOf(next).lessons;
  const lessons = stored.lessons.map(({ creditOf, spentOf }, lesson) => ({
    snapshot: gained[lesson]!.snapshot,
    creditOf: add(creditOf, gained[lesson]!.creditOf),
    spentOf: add(spentOf, gained[lesson]!.spentOf),
  }));
  const parts = next.folds.map((fold) => fold.parts);
  return { kept: { foldedToAt: next.foldedToAt, lessons }, parts };
}

/** A history with some of its beats taken away; its contacts stay, as facts do. */
const without = (history: History, coin: Iterator<boolean>): History => ({
  ...history,
  sessions: history.sessions.map((one) => ({
    ...one,
    beats: one.beats.filter(() => coin.next().value === true),
  })),
});

describe('the law of class hours', () => {
  it('agrees with a simulation that walks millisecond by millisecond', () => {
    fc.assert(
      fc.property(anyLearner, (history) => {
        const folded = foldHistory(history).folds.map((fold) => {
          const refused = new Map<string, number>();
          for (const { sessionId, seq, refusals } of fold.parts) {
            for (const { clause, ms } of refusals) {
              const key = `${sessionId}/${seq}/${clause}`;
              refused.set(key, (refused.get(key) ?? 0) + ms);
            }
          }
          const { creditedMs, coveredMs, spentMs, byDay } = fold;
          return { creditedMs, coveredMs, spentMs, byDay, refused };
        });
        expect(folded).toEqual(simulateLearner(history.laws, history.sessions, history.checks));
      }),
      { numRuns: 600 },
    );
  });

  it('credits no more than was spent and no more than was covered, and covers no more than there is', () => {
    fc.assert(
      fc.property(anyLearner, (history) => {
        for (const { creditedMs, coveredMs, spentMs, coverage } of foldHistory(history).folds) {
          expect(creditedMs).toBeLessThanOrEqual(Math.min(spentMs, coveredMs));
          expect(coveredMs).toBeLessThanOrEqual(LENGTH);
          expect(sum(coverage.map(([from, to]) => to - from))).toBe(coveredMs);
        }
      }),
      RUNS,
    );
  });

  it('credits up to any moment no more than the time that passed in the players up to it', () => {
    fc.assert(
      fc.property(anyLearner, (history) => {
        const parts = foldHistory(history).folds.flatMap((fold) => fold.parts);
        parts.sort((a, b) => a.fromAt - b.fromAt);
        let [creditedMs, spentMs] = [0, 0];
        for (const part of parts) {
          creditedMs += part.creditedMs;
          spentMs += part.validMs;
          expect(creditedMs).toBeLessThanOrEqual(spentMs);
          expect(part.validMs).toBeLessThanOrEqual(part.toAt - part.fromAt);
        }
      }),
      RUNS,
    );
  });

  it('credits exactly the smaller of both for whoever plays at 1x or slower', () => {
    fc.assert(
      fc.property(honestLearner, (history) => {
        for (const { creditedMs, coveredMs, spentMs } of foldHistory(history).folds) {
          expect(creditedMs).toBe(Math.min(spentMs, coveredMs));
        }
      }),
      RUNS,
    );
  });

  it('adds up by day, by play, and by the plays of a day, and keeps each day under every cap', () => {
    fc.assert(
      fc.property(anyLearner, (history) => {
        const dayTotals = new Map<string, number>();
        foldHistory(history).folds.forEach((fold, lesson) => {
          const { creditedMs, spentMs, byDay, plays } = explainLesson(fold);
          expect(sum(byDay.map((day) => day.creditedMs))).toBe(creditedMs);
          expect(sum(byDay.map((day) => day.spentMs))).toBe(spentMs);
          expect(sum(plays.map((play) => play.creditedMs))).toBe(creditedMs);
          expect(sum(plays.map((play) => play.validMs))).toBe(spentMs);
          for (const { day, ...credit } of byDay) {
            const from = Date.parse(`${day}T00:00:00+08:00`);
            const today = plays.filter((p) => p.wallFrom >= from && p.wallFrom < from + 86_400_000);
            expect(sum(today.map((play) => play.creditedMs))).toBe(credit.creditedMs);
            expect(sum(today.map((play) => play.validMs))).toBe(credit.spentMs);
            const { dailyCapMs } = ruleSetOn(history.laws[lesson]!, day);
            expect(credit.creditedMs).toBeLessThanOrEqual(dailyCapMs ?? Infinity);
            dayTotals.set(day, (dayTotals.get(day) ?? 0) + credit.creditedMs);
          }
          for (const play of plays) {
            expect(play.creditedMs).toBeLessThanOrEqual(play.validMs);
            expect(play.validMs).toBeLessThanOrEqual(play.wallTo - play.wallFrom);
          }
        });
        for (const [day, creditedMs] of dayTotals) {
          const caps = history.laws.map((law) => ruleSetOn(law, day).dailyCapMs ?? Infinity);
          expect(creditedMs).toBeLessThanOrEqual(Math.max(...caps));
        }
      }),
      RUNS,
    );
  });

  it('depends on the set of beats, not on their order', () => {
    const shuffled = anyLearner.chain((history) => {
      const sessions = history.sessions.map((one) =>
        fc
          .shuffledSubarray([...one.beats], { minLength: one.beats.length })
          .map((beats) => ({ ...one, beats })),
      );
      return fc
        .tuple(fc.tuple(...sessions), fc.boolean())
        .map(
          ([mixed, reverse]) =>
            [history, { ...history, sessions: reverse ? mixed.reverse() : mixed }] as const,
        );
    });
    fc.assert(
      fc.property(shuffled, ([history, mixed]) => {
        expect(foldHistory(mixed)).toEqual(foldHistory(history));
      }),
      RUNS,
    );
  });

  it('never lowers spent, covered or, without a cap, credit when evidence is added', () => {
    fc.assert(
      fc.property(uncappedLearner, fc.infiniteStream(fc.boolean()), (history, coin) => {
        const more = foldHistory(history).folds;
        foldHistory(without(history, coin)).folds.forEach((less, lesson) => {
          expect(less.spentMs).toBeLessThanOrEqual(more[lesson]!.spentMs);
          expect(less.coveredMs).toBeLessThanOrEqual(more[lesson]!.coveredMs);
          expect(less.creditedMs).toBeLessThanOrEqual(more[lesson]!.creditedMs);
        });
      }),
      RUNS,
    );
  });

  it('leaves earlier days as they are when evidence of later ones comes', () => {
    fc.assert(
      fc.property(anyLearner, (history) => {
        const midnight = Date.parse('2026-03-03T00:00:00+08:00');
        const earlier = {
          ...history,
          sessions: history.sessions.map((one) => ({
            ...one,
            beats: one.beats.filter((beat) => one.session.startedAt + beat.wallFromMs < midnight),
          })),
        };
        const dayBefore = ({ byDay }: LessonFold) => byDay.find((day) => day.day === '2026-03-02');
        expect(foldHistory(earlier).folds.map(dayBefore)).toEqual(
          foldHistory(history).folds.map(dayBefore),
        );
      }),
      RUNS,
    );
  });

  it('carried on batch by batch is the same as folded whole', () => {
    fc.assert(
      fc.property(anyLearner, fc.integer({ min: 1, max: 5 }), (history, size) => {
        const beats = inOrder(history);
        let kept = nothing(history);
        const parts = history.laws.map((): LessonFold['parts'] => []);
        for (let from = 0; from < beats.length; from += size) {
          const step = carryOn(kept, beats.slice(from, from + size), history);
          if (!step) throw new Error('A beat in order must be carried on.');
          kept = step.kept;
          step.parts.forEach((more, lesson) => parts[lesson]!.push(...more));
        }
        const whole = foldHistory(history);
        expect(kept).toEqual(keptOf(whole));
        expect(parts).toEqual(whole.folds.map((fold) => fold.parts));
      }),
      RUNS,
    );
  });

  it('folded again from a day on is the same as folded whole', () => {
    fc.assert(
      fc.property(anyLearner, fc.constantFrom('2026-03-02', '2026-03-03'), (history, fromDay) => {
        const whole = foldHistory(history);
        const before = whole.folds.map(({ byDay }) => {
          const days = byDay.filter((day) => day.day < fromDay);
          const creditedMs = sum(days.map((day) => day.creditedMs));
          return { ...EMPTY_SNAPSHOT, creditedMs, spentMs: sum(days.map((day) => day.spentMs)) };
        });
        const evidence = evidenceOf(history).map((one, lesson) => {
          return { ...one, snapshot: before[lesson]! };
        });
        const again = foldLearner(evidence, fromDay);
        expect(again.foldedToAt).toBe(whole.foldedToAt);
        again.folds.forEach((fold, lesson) => {
          const all = whole.folds[lesson]!;
          expect(snapshotOf(fold)).toEqual(snapshotOf(all));
          expect(fold.byDay).toEqual(all.byDay.filter((day) => day.day >= fromDay));
        });
      }),
      RUNS,
    );
  });

  it('carried on where it can be and folded again where not, is the same in any order of arrival', () => {
    const arriving = anyLearner.chain((history) => {
      const beats = inOrder(history);
      const order = fc.shuffledSubarray(beats, { minLength: beats.length });
      return fc.tuple(fc.constant(history), order);
    });
    fc.assert(
      fc.property(arriving, ([history, order]) => {
        let kept = nothing(history);
        let arrived: History = {
          ...history,
          sessions: history.sessions.map((one) => ({ ...one, beats: [] })),
        };
        for (const next of order) {
          arrived = {
            ...arrived,
            sessions: arrived.sessions.map((one) =>
              one.session.id === next.session.id
                ? { ...one, beats: [...one.beats, next.beat] }
                : one,
            ),
          };
          const whole = foldHistory(arrived);
          kept = carryOn(kept, [next], history)?.kept ?? keptOf(whole);
          expect(kept).toEqual(keptOf(whole));
        }
      }),
      { numRuns: 500 },
    );
  });
});
