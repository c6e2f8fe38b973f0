import { describe, expect, it } from 'vitest';
import {
  advanceLearner,
  EMPTY_SNAPSHOT,
  foldLearner,
  foldLesson,
  isVoidedBy,
  refusalsBySeq,
  type LessonSnapshot,
} from './crediting';
import { heldTime, timeInTouch } from './presence-time';
import { isComplete } from './figures';
import type { Beat, LessonLaw, PresenceFact } from './rule-set';
import { ALWAYS, beat, law, LENGTH, MINUTE, NOON, session } from './testing-evidence';

const MIDNIGHT = Date.parse('2026-03-03T00:00:00+08:00');

function fold(beats: Beat[], under = law()) {
  const only = session(1, NOON);
  return foldLesson([only], new Map([[only.id, beats]]), under);
}

const minutes = ({ creditedMs, coveredMs, spentMs }: ReturnType<typeof fold>) =>
  [creditedMs, coveredMs, spentMs].map((ms) => ms / MINUTE);

describe('a lesson of ten minutes', () => {
  const twice = law({ maxSpeed: 2 });
  it.each<[string, Beat[], LessonLaw, [credited: number, covered: number, spent: number]]>([
    ['watched once at 1x is credited its length', [beat(1, [0, 10], [0, 10])], law(), [10, 10, 10]],
    [
      'watched twice is credited once',
      [beat(1, [0, 10], [0, 10]), beat(2, [10, 20], [0, 10])],
      law(),
      [10, 10, 20],
    ],
    ['at 2x where allowed is credited half', [beat(1, [0, 5], [0, 10])], twice, [5, 10, 5]],
    [
      'at 2x, watched again, is credited the rest',
      [beat(1, [0, 5], [0, 10]), beat(2, [5, 10], [0, 10])],
      twice,
      [10, 10, 10],
    ],
    [
      'at 2x, watched a third time, is credited no more',
      [beat(1, [0, 5], [0, 10]), beat(2, [5, 10], [0, 10]), beat(3, [10, 15], [0, 10])],
      twice,
      [10, 10, 15],
    ],
    [
      'at 0.75x is credited what was played, not the time it took',
      [beat(1, [0, 4], [0, 3])],
      law(),
      [3, 3, 4],
    ],
    [
      'after seeking to the end is credited what was played',
      [beat(1, [0, 1], [0, 1]), beat(2, [1, 2], [9, 10])],
      law(),
      [2, 2, 2],
    ],
    [
      'looped over five minutes is credited five',
      [0, 5, 10, 15].map((at, i) => beat(i + 1, [at, at + 5], [2, 7])),
      law(),
      [5, 5, 20],
    ],
    [
      'played backwards in pieces is credited in full',
      [beat(1, [0, 5], [5, 10]), beat(2, [5, 10], [0, 5])],
      law(),
      [10, 10, 10],
    ],
    ['dragged through in a second earns no coverage', [beat(1, [0, 1], [0, 10])], law(), [0, 0, 1]],
    [
      'is not credited for a stall',
      [beat(1, [0, 1], [0, 1]), beat(2, [1, 9], [1, 1])],
      law(),
      [1, 1, 1],
    ],
    ['is not credited for a jump in no time', [beat(1, [1, 1], [0, 10])], law(), [0, 0, 0]],
    [
      'is credited days later from an offline queue',
      [beat(1, [0, 10], [0, 10], { arrivedAt: NOON + 9 * 86_400_000 })],
      law(),
      [10, 10, 10],
    ],
    [
      'played a second past its end covers no more than its length',
      [beat(1, [0, 10 + 1 / 120], [0, 10 + 1 / 120])],
      law(),
      [10, 10, 10 + 1 / 120],
    ],
    [
      'played wholly past its end is not played',
      [beat(1, [0, 1 / 120], [10 + 1 / 240, 10 + 1 / 120])],
      law(),
      [0, 0, 0],
    ],
    [
      'in a hidden page is not credited',
      [beat(1, [0, 10], [0, 10], { visible: false })],
      law(),
      [0, 0, 0],
    ],
    [
      'in a hidden page is credited where the rule set does not ask',
      [beat(1, [0, 10], [0, 10], { visible: false })],
      law({ requireVisible: false }),
      [10, 10, 10],
    ],
  ])('%s', (_what, beats, under, expected) => {
    expect(minutes(fold(beats, under))).toEqual(expected);
  });

  it('is credited once when two devices play it in the same minute', () => {
    const phone = session(1, NOON, NOON + 3 * MINUTE);
    const desk = session(2, NOON + 3 * MINUTE);
    const beats = new Map([
      [phone.id, [beat(1, [0, 10], [0, 10])]],
      [desk.id, [beat(1, [0, 7], [3, 10], { arrivedAt: NOON + 10 * MINUTE })]],
    ]);
    const both = foldLesson([desk, phone], beats, law());
    expect(minutes(both)).toEqual([10, 10, 10]);
    expect(refusalsBySeq(both.parts)).toEqual([
      { sessionId: phone.id, seq: 1, clause: 'one-stream', ms: 7 * MINUTE },
    ]);
  });

  it('credits each day its own part when midnight passes', () => {
    const evening = session(1, MIDNIGHT - 4 * MINUTE);
    const late = beat(1, [0, 10], [0, 10], { arrivedAt: MIDNIGHT + 6 * MINUTE });
    const fold = foldLesson([evening], new Map([[evening.id, [late]]]), law());
    expect(fold.byDay).toEqual([
      { day: '2026-03-02', creditedMs: 4 * MINUTE, spentMs: 4 * MINUTE },
      { day: '2026-03-03', creditedMs: 6 * MINUTE, spentMs: 6 * MINUTE },
    ]);
    expect(fold.parts.map((part) => part.mediaFromMs / MINUTE)).toEqual([0, 4]);
  });

  it('counts a step once where two open intervals touch', () => {
    const beats = [beat(1, [0, 5], [0, 5]), beat(2, [5, 10], [0, 10])];
    const cut = NOON + 7.5 * MINUTE;
    const touching = law({ maxSpeed: 2 }, [
      [NOON, cut],
      [cut, NOON + ALWAYS],
    ]);
    expect(fold(beats, touching).creditedMs).toBe(fold(beats, law({ maxSpeed: 2 })).creditedMs);
    expect(fold(beats, touching).creditedMs).toBe(10 * MINUTE);
  });

  it('is complete after one honest viewing, and not by covering alone', () => {
    const facts = { lengthMs: LENGTH, maxSpeed: 1 };
    expect(isComplete({ ...fold([beat(1, [0, 9.5], [0, 9.5])]), ...facts })).toBe(true);
    const hurried = [beat(1, [0, 9], [0, 9.9])];
    expect(fold(hurried).coveredMs).toBe(9.9 * MINUTE);
    expect(isComplete({ ...fold(hurried), ...facts })).toBe(false);
  });
});

describe('what is refused', () => {
  it('cuts a hole where the class was not open, and the media around it still tiles', () => {
    const holed = law({}, [
      [NOON, NOON + 2 * MINUTE],
      [NOON + 5 * MINUTE, NOON + ALWAYS],
    ]);
    expect(minutes(fold([beat(1, [0, 10], [0, 10])], holed))).toEqual([7, 7, 7]);
    expect(fold([beat(1, [0, 10], [0, 10])], holed).coverage).toEqual([
      [0, 2 * MINUTE],
      [5 * MINUTE, 10 * MINUTE],
    ]);
  });

  it('for its speed covers nothing, spends its time and is named', () => {
    const result = fold([beat(1, [0, 1], [0, 10])]);
    expect(result.coverage).toEqual([]);
    expect(refusalsBySeq(result.parts)).toEqual([
      { sessionId: 'session-1', seq: 1, clause: 'speed', ms: MINUTE },
    ]);
  });
});

describe('the daily cap', () => {
  it('leaves time and coverage, and another day earns the rest', () => {
    const evening = session(1, NOON, NOON + 86_400_000);
    const nextDay = session(2, NOON + 86_400_000);
    const again = beat(1, [0, 10], [0, 10], { arrivedAt: nextDay.startedAt + 10 * MINUTE });
    const beats = new Map([
      [evening.id, [beat(1, [0, 10], [0, 10])]],
      [nextDay.id, [again]],
    ]);
    const fold = foldLesson([evening, nextDay], beats, law({ dailyCapMs: 6 * MINUTE }));
    expect(fold.byDay).toEqual([
      { day: '2026-03-02', creditedMs: 6 * MINUTE, spentMs: 10 * MINUTE },
      { day: '2026-03-03', creditedMs: 4 * MINUTE, spentMs: 10 * MINUTE },
    ]);
    expect(refusalsBySeq(fold.parts)).toEqual([
      { sessionId: evening.id, seq: 1, clause: 'daily-cap', ms: 4 * MINUTE },
    ]);
  });
});

describe('caps of two classes on one day', () => {
  it('measure the whole day: the smaller one leaves nothing once the other class has filled it', () => {
    const [first, second] = [session(1, NOON, NOON + 10 * MINUTE), session(2, NOON + 10 * MINUTE)];
    const evidence = (dailyCapMs: number, opened: typeof first, minute: number) => ({
      law: law({ dailyCapMs }),
      snapshot: EMPTY_SNAPSHOT,
      beats: [
        {
          session: opened,
          beat: beat(1, [0, 10], [0, 10], { arrivedAt: NOON + minute * MINUTE }),
        },
      ],
    });
    const { folds } = foldLearner([
      evidence(8 * MINUTE, first, 10),
      evidence(5 * MINUTE, second, 20),
    ]);
    expect(folds.map((fold) => fold.creditedMs)).toEqual([8 * MINUTE, 0]);
    expect(folds.flatMap((fold) => refusalsBySeq(fold.parts)).map(({ ms }) => ms)).toEqual([
      2 * MINUTE,
      10 * MINUTE,
    ]);
  });
});

describe('presence', () => {
  const rules = {
    presence: {
      checkAfterMinMs: 15 * MINUTE,
      checkAfterMaxMs: 20 * MINUTE,
      answerWithinMs: MINUTE,
      retryAfterMs: 20_000,
    },
  };
  const under = (checks: PresenceFact[]) => {
    const plain = law(rules);
    return { ...plain, held: heldTime(checks, plain) };
  };
  const asked = NOON + 3 * MINUTE;

  it('costs nothing when it is passed within the allowance', () => {
    const passed = under([{ askedAt: asked, passedAt: asked + 30 * MINUTE }]);
    expect(minutes(fold([beat(1, [0, 10], [0, 10])], passed))).toEqual([10, 10, 10]);
  });

  it('holds time from a minute after the asking until it is passed', () => {
    const late = under([{ askedAt: asked, passedAt: asked + 30 * MINUTE + 1 }]);
    const fold10 = fold([beat(1, [0, 10], [0, 10])], late);
    expect(minutes(fold10)).toEqual([4, 4, 4]);
    expect(refusalsBySeq(fold10.parts)).toEqual([
      { sessionId: 'session-1', seq: 1, clause: 'presence', ms: 6 * MINUTE },
    ]);
    const open = under([{ askedAt: asked, passedAt: null }]);
    expect(minutes(fold([beat(1, [0, 10], [0, 10])], open))).toEqual([4, 4, 4]);
  });

  it('counts no further than the offline allowance after a contact, and goes on at the next', () => {
    const plain = law({ offlineAllowanceMs: 2 * MINUTE });
    const contacts = [NOON, NOON + 6 * MINUTE];
    const only = { ...session(1, NOON), inTouch: timeInTouch(contacts, plain) };
    const fold10 = foldLesson([only], new Map([[only.id, [beat(1, [0, 10], [0, 10])]]]), plain);
    expect(minutes(fold10)).toEqual([4, 4, 4]);
    expect(fold10.coverage).toEqual([
      [0, 2 * MINUTE],
      [6 * MINUTE, 8 * MINUTE],
    ]);
  });
});

describe('rule sets that change from a day on', () => {
  it('each count their own days', () => {
    const [before, after] = [law(), law({ requireVisible: false })];
    const changed = {
      ...before,
      ruleSets: [
        ...before.ruleSets,
        { fromDay: '2026-03-03', ruleSet: after.ruleSets[0]!.ruleSet },
      ],
    };
    const midnight = NOON + 12 * 60 * MINUTE;
    const night = session(1, midnight - 4 * MINUTE);
    const hidden = beat(1, [0, 10], [0, 10], { visible: false, arrivedAt: midnight + 6 * MINUTE });
    const fold10 = foldLesson([night], new Map([[night.id, [hidden]]]), changed);
    expect(fold10.byDay).toEqual([
      { day: '2026-03-03', creditedMs: 6 * MINUTE, spentMs: 6 * MINUTE },
    ]);
  });
});

describe('a snapshot', () => {
  const opened = session(1, NOON);
  const carryOn = (snapshot: LessonSnapshot, one: Beat) =>
    advanceLearner({ foldedToAt: snapshot.foldedToAt, creditedOn: () => 0 }, [
      { law: law(), snapshot, beats: [{ session: opened, beat: one }] },
    ])?.folds[0];
  const first = carryOn(EMPTY_SNAPSHOT, beat(2, [2, 4], [2, 4]))!;

  it('is carried on over what came later, and refuses what came before', () => {
    expect(carryOn(first, beat(3, [4, 5], [4, 5]))?.creditedMs).toBe(3 * MINUTE);
    expect(carryOn(first, beat(1, [0, 2], [0, 2]))).toBeUndefined();
    expect(first.coverage).toEqual([[2 * MINUTE, 4 * MINUTE]]);
  });

  it('is void when a session starts within time it counts', () => {
    expect(isVoidedBy(first, NOON + 4 * MINUTE)).toBe(false);
    expect(isVoidedBy(first, NOON + 4 * MINUTE - 1)).toBe(true);
  });
});
