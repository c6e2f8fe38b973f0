import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeArrival } from './arrival';
import { advanceLesson, EMPTY_SNAPSHOT, foldLesson, type LessonSnapshot } from './crediting';
import { explainLesson } from './explanation';
import type { Beat, LessonLaw, WatchSessionFact } from './rule-set';
import { simulateLesson } from './testing-simulator';

/** Sessions start within a few seconds of a midnight in Shanghai, so that every bound is met often. */
const MIDNIGHT = Date.parse('2026-03-03T00:00:00+08:00');
const LENGTH = 4000;
const RUNS = { numRuns: 400 };

interface History {
  sessions: WatchSessionFact[];
  /** What storage kept: the first stored stands. */
  beats: Map<string, Beat[]>;
  law: LessonLaw;
}

type AnyMedia = (wallMs: number) => fc.Arbitrary<[from: number, ms: number]>;

const anyMedia: AnyMedia = (wallMs) =>
  fc.tuple(fc.nat(LENGTH), fc.oneof(fc.nat(3000), fc.constantFrom(wallMs, 2 * wallMs, 0)));
const honestMedia: AnyMedia = (wallMs) => fc.tuple(fc.nat(LENGTH), fc.nat(wallMs));

const anyBeat = (media: AnyMedia) =>
  fc.tuple(fc.nat(7000), fc.oneof(fc.nat(2500), fc.constant(0))).chain(([wallFromMs, wallMs]) =>
    fc.record({
      wallFromMs: fc.constant(wallFromMs),
      wallToMs: fc.constant(wallFromMs + wallMs),
      media: media(wallMs),
      seq: fc.integer({ min: 1, max: 9 }),
      visible: fc.nat(3).map((n) => n > 0),
      sinceStart: fc.nat(9000),
    }),
  );

function anyHistory(media: AnyMedia): fc.Arbitrary<History> {
  const anySession = fc.record({
    gap: fc.nat(6000),
    pause: fc.option(fc.nat(3000)),
    durationMs: fc.constantFrom(LENGTH, LENGTH - 500),
    beats: fc.array(anyBeat(media), { maxLength: 7 }),
  });
  return fc
    .record({
      before: fc.nat(9000),
      opened: fc.array(anySession, { minLength: 1, maxLength: 4 }),
      open: fc.array(fc.tuple(fc.integer({ min: -9000, max: 9000 }), fc.nat(9000)), {
        maxLength: 3,
      }),
      maxSpeed: fc.constantFrom(1, 1.25, 2),
      requireVisible: fc.boolean(),
    })
    .map(({ before, opened, open, maxSpeed, requireVisible }) => {
      const sessions: WatchSessionFact[] = [];
      const beats = new Map<string, Beat[]>();
      let startedAt = MIDNIGHT - before;
      opened.forEach(({ gap, pause, durationMs, beats: sent }, i) => {
        const id = `s${i}`;
        const last = i === opened.length - 1;
        // The next session may be of another lesson: then this one ends before the lesson's next begins.
        const endedAt = last && pause === null ? null : startedAt + Math.min(gap, pause ?? gap);
        sessions.push({ id, number: i + 1, startedAt, endedAt, durationMs });
        const stored: Beat[] = [];
        for (const { media, sinceStart, ...rest } of sent) {
          const mediaToMs = Math.min(media[0] + media[1], durationMs + 1000);
          const mediaFromMs = Math.min(media[0], mediaToMs);
          const beat = { ...rest, mediaFromMs, mediaToMs, arrivedAt: startedAt + sinceStart };
          if (judgeArrival(stored, beat) === 'new') stored.push(beat);
        }
        beats.set(id, stored);
        startedAt += gap;
      });
      const ruleSet = {
        name: 'Any',
        version: 1,
        maxSpeed,
        minutesPerClassHour: 45,
        requireVisible,
        dailyCapMs: null,
        offlineAllowanceMs: 1_800_000,
        presence: null,
      };
      const around = open.map(([from, ms]) => [MIDNIGHT + from, MIDNIGHT + from + ms] as const);
      const always = [[MIDNIGHT - 99_999, MIDNIGHT + 99_999]] as const;
      const openIntervals = around.length > 0 ? around : always;
      return { sessions, beats, law: { ruleSet, openIntervals, zone: 'Asia/Shanghai' } };
    });
}

const history = anyHistory(anyMedia);
const honestHistory = anyHistory(honestMedia);
const cap = fc.oneof(fc.constant(Infinity), fc.nat(4000));
const fold = ({ sessions, beats, law }: History, capMs = Infinity) =>
  foldLesson(sessions, beats, law, () => capMs);
const inOrder = ({ sessions, beats }: History) =>
  sessions.flatMap((session) =>
    [...(beats.get(session.id) ?? [])]
      .sort((a, b) => a.wallFromMs - b.wallFromMs || a.wallToMs - b.wallToMs)
      .map((beat) => ({ session, beat })),
  );
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

/** A total as storage keeps it between two requests. */
interface Kept {
  snapshot: LessonSnapshot;
  creditOf: Map<string, number>;
  spentOf: Map<string, number>;
}

const nothing = (): Kept => ({ snapshot: EMPTY_SNAPSHOT, creditOf: new Map(), spentOf: new Map() });

function carryOn(kept: Kept, beats: ReturnType<typeof inOrder>, law: LessonLaw, capMs: number) {
  const stored = JSON.parse(JSON.stringify(kept.snapshot)) as LessonSnapshot;
  const leftOf = (day: string) => capMs - (kept.creditOf.get(day) ?? 0);
  const next = advanceLesson(stored, beats, law, leftOf);
  if (!next) return undefined;
  const { byDay, parts, ...snapshot } = next;
  const creditOf = new Map(kept.creditOf);
  const spentOf = new Map(kept.spentOf);
  for (const { day, creditedMs, spentMs } of byDay) {
    creditOf.set(day, (creditOf.get(day) ?? 0) + creditedMs);
    spentOf.set(day, (spentOf.get(day) ?? 0) + spentMs);
  }
  return { kept: { snapshot, creditOf, spentOf }, parts };
}

function totals(whole: ReturnType<typeof fold>): Kept {
  const { byDay, parts: _parts, ...snapshot } = whole;
  return {
    snapshot,
    creditOf: new Map(byDay.map((day) => [day.day, day.creditedMs])),
    spentOf: new Map(byDay.map((day) => [day.day, day.spentMs])),
  };
}

describe('the law of class hours', () => {
  it('agrees with a simulation that walks millisecond by millisecond', () => {
    fc.assert(
      fc.property(history, cap, (facts, capMs) => {
        const { creditedMs, coveredMs, spentMs, byDay, parts } = fold(facts, capMs);
        const refused = new Map<string, number>();
        for (const { sessionId, seq, refusals } of parts) {
          for (const { clause, ms } of refusals) {
            const key = `${sessionId}/${seq}/${clause}`;
            refused.set(key, (refused.get(key) ?? 0) + ms);
          }
        }
        const simulated = simulateLesson(facts.sessions, facts.beats, facts.law, capMs);
        expect({ creditedMs, coveredMs, spentMs, byDay, refused }).toEqual(simulated);
      }),
      { numRuns: 300 },
    );
  });

  it('credits no more than was spent and no more than was covered, and covers no more than there is', () => {
    fc.assert(
      fc.property(history, cap, (facts, capMs) => {
        const { creditedMs, coveredMs, spentMs, coverage } = fold(facts, capMs);
        expect(creditedMs).toBeLessThanOrEqual(Math.min(spentMs, coveredMs));
        expect(coveredMs).toBeLessThanOrEqual(LENGTH);
        expect(sum(coverage.map(([from, to]) => to - from))).toBe(coveredMs);
      }),
      RUNS,
    );
  });

  it('credits exactly the smaller of both for whoever plays at 1x or slower', () => {
    fc.assert(
      fc.property(honestHistory, (facts) => {
        const { creditedMs, coveredMs, spentMs } = fold(facts);
        expect(creditedMs).toBe(Math.min(spentMs, coveredMs));
      }),
      RUNS,
    );
  });

  it('adds up by day, by play, and by the plays of a day', () => {
    fc.assert(
      fc.property(history, cap, (facts, capMs) => {
        const { creditedMs, spentMs, byDay, plays } = explainLesson(fold(facts, capMs));
        expect(sum(byDay.map((day) => day.creditedMs))).toBe(creditedMs);
        expect(sum(byDay.map((day) => day.spentMs))).toBe(spentMs);
        expect(sum(plays.map((play) => play.creditedMs))).toBe(creditedMs);
        expect(sum(plays.map((play) => play.validMs))).toBe(spentMs);
        for (const { day, ...credit } of byDay) {
          const from = Date.parse(`${day}T00:00:00+08:00`);
          const today = plays.filter((p) => p.wallFrom >= from && p.wallFrom < from + 86_400_000);
          expect(sum(today.map((play) => play.creditedMs))).toBe(credit.creditedMs);
          expect(sum(today.map((play) => play.validMs))).toBe(credit.spentMs);
          expect(credit.creditedMs).toBeLessThanOrEqual(capMs);
        }
        for (const play of plays) {
          expect(play.creditedMs).toBeLessThanOrEqual(play.validMs);
          expect(play.validMs).toBeLessThanOrEqual(play.wallTo - play.wallFrom);
        }
      }),
      RUNS,
    );
  });

  it('depends on the set of beats, not on their order', () => {
    const shuffled = history.chain((facts) => {
      const beats = [...facts.beats].map(([id, list]) =>
        fc.shuffledSubarray(list, { minLength: list.length }).map((mixed) => [id, mixed] as const),
      );
      const sessions = fc.shuffledSubarray(facts.sessions, { minLength: facts.sessions.length });
      return fc.tuple(fc.constant(facts), sessions, fc.tuple(...beats));
    });
    fc.assert(
      fc.property(shuffled, cap, ([facts, sessions, beats], capMs) => {
        const mixed = { law: facts.law, sessions, beats: new Map(beats) };
        expect(fold(mixed, capMs)).toEqual(fold(facts, capMs));
      }),
      RUNS,
    );
  });

  it('never lowers spent, covered or, without a cap, credit when evidence is added', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.boolean()), (facts, coin) => {
        const part = new Map(
          [...facts.beats].map(([id, list]) => [id, list.filter(() => coin.next().value)] as const),
        );
        const [less, more] = [fold({ ...facts, beats: part }), fold(facts)];
        expect(less.spentMs).toBeLessThanOrEqual(more.spentMs);
        expect(less.coveredMs).toBeLessThanOrEqual(more.coveredMs);
        expect(less.creditedMs).toBeLessThanOrEqual(more.creditedMs);
      }),
      RUNS,
    );
  });

  it('carried on batch by batch is the same as folded whole', () => {
    fc.assert(
      fc.property(history, cap, fc.integer({ min: 1, max: 5 }), (facts, capMs, size) => {
        const beats = inOrder(facts);
        let kept = nothing();
        const parts = [];
        for (let from = 0; from < beats.length; from += size) {
          const step = carryOn(kept, beats.slice(from, from + size), facts.law, capMs);
          if (!step) throw new Error('A beat in order must be carried on.');
          kept = step.kept;
          parts.push(...step.parts);
        }
        const whole = fold(facts, capMs);
        expect(kept).toEqual(totals(whole));
        expect(parts).toEqual(whole.parts);
      }),
      RUNS,
    );
  });

  it('carried on where it can be and folded again where not, is the same in any order of arrival', () => {
    const arriving = history.chain((facts) => {
      const beats = inOrder(facts);
      const order = fc.shuffledSubarray(beats, { minLength: beats.length });
      return fc.tuple(fc.constant(facts), order);
    });
    fc.assert(
      fc.property(arriving, ([facts, order]) => {
        let kept = nothing();
        const stored = new Map<string, Beat[]>();
        for (const arrived of order) {
          const { id } = arrived.session;
          stored.set(id, [...(stored.get(id) ?? []), arrived.beat]);
          const whole = fold({ ...facts, beats: stored });
          kept = carryOn(kept, [arrived], facts.law, Infinity)?.kept ?? totals(whole);
          expect(kept).toEqual(totals(whole));
        }
      }),
      { numRuns: 200 },
    );
  });
});
