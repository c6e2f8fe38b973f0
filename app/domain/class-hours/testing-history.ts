import fc from 'fast-check';
import { judgeArrival } from './arrival';
import { EMPTY_SNAPSHOT, foldLearner, type LessonEvidence, type SessionBeat } from './crediting';
import { heldTime, timeInTouch } from './presence-time';
import type { Beat, LessonLaw, PresenceFact, RuleSet, WatchSessionFact } from './rule-set';
import type { SimulatedSession } from './testing-simulator';

/** Sessions start within a few seconds of a midnight in Shanghai, so that every bound is met often. */
const MIDNIGHT = Date.parse('2026-03-03T00:00:00+08:00');
export const LENGTH = 4000;

/** What happened to one learner: two lessons of two classes, what storage kept, and the server's facts. */
export interface History {
  laws: Omit<LessonLaw, 'held'>[];
  sessions: SimulatedSession[];
  checks: PresenceFact[];
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

const anyCap = fc.oneof(fc.constant(null), fc.nat(4000));

const anyRuleSet = (cap: fc.Arbitrary<number | null>): fc.Arbitrary<RuleSet> =>
  fc.record({
    name: fc.constant('Any'),
    version: fc.constant(1),
    maxSpeed: fc.constantFrom(1, 1.25, 2),
    minutesPerClassHour: fc.constant(45),
    requireVisible: fc.boolean(),
    dailyCapMs: cap,
    offlineAllowanceMs: fc.constantFrom(1_800_000, 3000, 500),
    presence: fc.constantFrom(null, {
      checkAfterMinMs: 1000,
      checkAfterMaxMs: 2000,
      answerWithinMs: 600,
      retryAfterMs: 200,
    }),
  });

const anyLaw = (cap: fc.Arbitrary<number | null>) =>
  fc
    .record({
      first: anyRuleSet(cap),
      later: fc.option(anyRuleSet(cap)),
      open: fc.array(fc.tuple(fc.integer({ min: -9000, max: 9000 }), fc.nat(9000)), {
        maxLength: 3,
      }),
    })
    .map(({ first, later, open }): Omit<LessonLaw, 'held'> => {
      const around = open.map(([from, ms]) => [MIDNIGHT + from, MIDNIGHT + from + ms] as const);
      const always = [[MIDNIGHT - 99_999, MIDNIGHT + 99_999]] as const;
      return {
        ruleSets: [
          { fromDay: null, ruleSet: first },
          ...(later ? [{ fromDay: '2026-03-03', ruleSet: later }] : []),
        ],
        openIntervals: around.length > 0 ? around : always,
        zone: 'Asia/Shanghai',
      };
    });

/** The learner's checks, one after the other; the last may be open. */
const anyChecks = fc
  .array(fc.record({ after: fc.nat(5000), passedAfter: fc.nat(5000) }), { maxLength: 3 })
  .chain((asked) => fc.tuple(fc.constant(asked), fc.boolean()))
  .map(([asked, lastIsOpen]): PresenceFact[] => {
    let at = MIDNIGHT - 9000;
    return asked.map(({ after, passedAfter }, index) => {
      const askedAt = at + after;
      at = askedAt + passedAfter;
      return { askedAt, passedAt: lastIsOpen && index === asked.length - 1 ? null : at };
    });
  });

function anyHistory(media: AnyMedia, cap: fc.Arbitrary<number | null>): fc.Arbitrary<History> {
  const anySession = fc.record({
    lesson: fc.nat(1),
    gap: fc.nat(6000),
    pause: fc.option(fc.nat(3000)),
    durationMs: fc.constantFrom(LENGTH, LENGTH - 500),
    answers: fc.array(fc.nat(9000), { maxLength: 2 }),
    beats: fc.array(anyBeat(media), { maxLength: 7 }),
  });
  return fc
    .record({
      before: fc.nat(9000),
      opened: fc.array(anySession, { minLength: 1, maxLength: 4 }),
      laws: fc.tuple(anyLaw(cap), anyLaw(cap)),
      checks: anyChecks,
    })
    .map(({ before, opened, laws, checks }) => {
      const sessions: SimulatedSession[] = [];
      let startedAt = MIDNIGHT - before;
      opened.forEach(({ lesson, gap, pause, durationMs, answers, beats: sent }, i) => {
        const last = i === opened.length - 1;
        const endedAt = last && pause === null ? null : startedAt + (last ? pause! : gap);
        const stored: Beat[] = [];
        for (const { media, sinceStart, ...rest } of sent) {
          const mediaToMs = Math.min(media[0] + media[1], durationMs + 1000);
          const mediaFromMs = Math.min(media[0], mediaToMs);
          const beat = { ...rest, mediaFromMs, mediaToMs, arrivedAt: startedAt + sinceStart };
          if (judgeArrival(stored, beat) === 'new') stored.push(beat);
        }
        const contacts = [
          startedAt,
          ...stored.map((beat) => beat.arrivedAt),
          ...answers.map((after) => startedAt + after),
        ];
        const session = { id: `s${i}`, number: i + 1, startedAt, endedAt, durationMs };
        sessions.push({ lesson, session, contacts, beats: stored });
        startedAt += gap;
      });
      return { laws: [...laws], sessions, checks };
    });
}

export const anyLearner = anyHistory(anyMedia, anyCap);
export const uncappedLearner = anyHistory(anyMedia, fc.constant(null));
export const honestLearner = anyHistory(honestMedia, fc.constant(null));

/** A history's beats with their sessions as the fold takes them, lesson by lesson. */
export function evidenceOf({ laws, sessions, checks }: History): LessonEvidence[] {
  return laws.map((law, lesson) => {
    const mine = sessions.filter((one) => one.lesson === lesson);
    const beats = mine.flatMap(({ session, contacts, beats }): SessionBeat[] => {
      const fact: WatchSessionFact = { ...session, inTouch: timeInTouch(contacts, law) };
      return beats.map((beat) => ({ session: fact, beat }));
    });
    return { law: { ...law, held: heldTime(checks, law) }, snapshot: EMPTY_SNAPSHOT, beats };
  });
}

export const foldHistory = (history: History) => foldLearner(evidenceOf(history));
