import { dayAt } from '../class-hours/platform-day';
import {
  addNight,
  isQuick,
  LONG_DAY_MS,
  nearness,
  NIGHT_LEAST_MS,
  wrongRuns,
  type EvenRun,
  type JudgedAnswer,
  type NightPart,
} from './rules';
import { signalOf, type Meeting, type Signal } from './signal';

/** In which lesson of which class something was. */
interface Place {
  enrollmentId: string;
  lessonId: string;
}

/** One session of the learner, with what its beats look like as a whole. Moments are epoch ms. */
export interface SessionFact extends Place {
  startedAt: number;
  /** Where its last beat ends; its start where it has none. */
  toAt: number;
  even: EvenRun | undefined;
  nights: NightPart[];
  /** False only where it is known that no part of the lesson's video was ever served to the learner. */
  served: boolean;
}

/** Everything of one learner that signals are drawn from. */
export interface LearnerFacts {
  sessions: SessionFact[];
  /** Times of other accounts on the learner's devices, each beside the learner's own. */
  meetings: (Place & Meeting & { otherPersonId: string })[];
  /** In the order in which they were given. */
  answers: (Place & JudgedAnswer)[];
  /** What was studied in each lesson on the learner's long days; `learner…` are those days over all classes. */
  longDays: (Place & {
    day: string;
    spentMs: number;
    learnerSpentMs: number;
    learnerCreditedMs: number;
  })[];
  /** Lessons credited in two classes; `day` is the first with credit in this one. */
  twice: (Place & {
    day: string;
    creditedMs: number;
    otherEnrollmentId: string;
    otherCreditedMs: number;
  })[];
}

const MOST_LESSONS = 5;
const MOST_MEETINGS = 10;

/** Every signal of one learner, over all their classes. Days are those of `zone`. The same facts give the same. */
export function drawSignals(facts: LearnerFacts, zone: string): Signal[] {
  return [
    ...sharedDevices(facts, zone),
    ...unservedVideos(facts, zone),
    ...evenBeats(facts, zone),
    ...quickAnswers(facts, zone),
    ...wrongAnswers(facts, zone),
    ...longDays(facts),
    ...nights(facts),
    ...facts.twice.map((one) => {
      const { enrollmentId, lessonId, day, creditedMs, otherEnrollmentId, otherCreditedMs } = one;
      // More credit in either class is no news: it is looked at once.
      return signalOf(enrollmentId, day, `${lessonId}.${otherEnrollmentId}`, 1, {
        kind: 'other-class',
        lessons: [lessonId],
        otherEnrollmentId,
        creditedMs,
        otherCreditedMs,
      });
    }),
  ];
}

function sharedDevices({ meetings }: LearnerFacts, zone: string): Signal[] {
  const near = meetings.filter((one) => nearness(one, stayOf(one)) !== 'apart');
  const groups = grouped(near, (one) => [one.enrollmentId, dayOf(one, zone), one.otherPersonId]);
  return groups.map((group) => {
    const [first] = group;
    const overlapping = group.filter((one) => nearness(one, stayOf(one)) === 'overlapping').length;
    return signalOf(first.enrollmentId, dayOf(first, zone), first.otherPersonId, group.length, {
      kind: 'shared-device',
      lessons: lessonsOf(group),
      otherPersonId: first.otherPersonId,
      count: group.length,
      overlapping,
      meetings: group.slice(0, MOST_MEETINGS).map(({ fromAt, toAt, otherFromAt, otherToAt }) => {
        return { fromAt, toAt, otherFromAt, otherToAt };
      }),
    });
  });
}

function unservedVideos({ sessions }: LearnerFacts, zone: string): Signal[] {
  const unserved = sessions
    .filter((one) => !one.served && one.toAt > one.startedAt)
    .map((one) => ({ ...one, fromAt: one.startedAt }));
  const groups = grouped(unserved, (one) => [one.enrollmentId, one.lessonId, dayOf(one, zone)]);
  return groups.map((group) => {
    const [{ enrollmentId, lessonId, fromAt }] = group;
    return signalOf(enrollmentId, dayOf({ fromAt }, zone), lessonId, group.length, {
      kind: 'unserved-video',
      lessons: [lessonId],
      fromAt,
      toAt: Math.max(...group.map((one) => one.toAt)),
      sessions: group.length,
    });
  });
}

function evenBeats({ sessions }: LearnerFacts, zone: string): Signal[] {
  const runs = sessions.flatMap(({ enrollmentId, lessonId, startedAt, even }) => {
    if (!even) return [];
    const { beats, lengthMs, wallFromMs, wallToMs } = even;
    const times = { fromAt: startedAt + wallFromMs, toAt: startedAt + wallToMs };
    return [{ enrollmentId, lessonId, beats, lengthMs, ...times }];
  });
  const groups = grouped(runs, (one) => [one.enrollmentId, one.lessonId, dayOf(one, zone)]);
  return groups.map((group) => {
    const longest = group.reduce((best, one) => (one.beats > best.beats ? one : best));
    const { enrollmentId, lessonId, beats, lengthMs, fromAt, toAt } = longest;
    const found = { kind: 'even-beats' as const, lessons: [lessonId], fromAt, toAt };
    const day = dayOf(group[0], zone);
    return signalOf(enrollmentId, day, lessonId, beats, { ...found, beats, lengthMs });
  });
}

function quickAnswers({ answers }: LearnerFacts, zone: string): Signal[] {
  const quick = answers.filter(isQuick).map((one) => ({ ...one, fromAt: one.answeredAt }));
  return grouped(quick, (one) => [one.enrollmentId, dayOf(one, zone)]).map((group) =>
    signalOf(group[0].enrollmentId, dayOf(group[0], zone), '', group.length, {
      kind: 'quick-answers',
      lessons: lessonsOf(group),
      answers: group.map((one) => ({ at: one.answeredAt, tookMs: one.answeredAt - one.askedAt })),
    }),
  );
}

function wrongAnswers({ answers }: LearnerFacts, zone: string): Signal[] {
  return wrongRuns(answers).map((run) => {
    const { enrollmentId, answeredAt, checkId } = run[0]!;
    const day = dayOf({ fromAt: answeredAt }, zone);
    return signalOf(enrollmentId, day, checkId, run.length, {
      kind: 'wrong-answers',
      lessons: lessonsOf(run),
      at: run.map((one) => one.answeredAt),
    });
  });
}

function longDays({ longDays: studied }: LearnerFacts): Signal[] {
  const long = studied.filter(
    (one) => Math.max(one.learnerSpentMs, one.learnerCreditedMs) > LONG_DAY_MS,
  );
  return grouped(long, (one) => [one.enrollmentId, one.day]).map((group) => {
    const [{ enrollmentId, day, learnerSpentMs, learnerCreditedMs }] = group;
    const most = [...group].sort((a, b) => b.spentMs - a.spentMs);
    return signalOf(enrollmentId, day, '', Math.max(learnerSpentMs, learnerCreditedMs), {
      kind: 'long-day',
      lessons: lessonsOf(most),
      spentMs: learnerSpentMs,
      creditedMs: learnerCreditedMs,
      hereMs: group.reduce((sum, one) => sum + one.spentMs, 0),
    });
  });
}

function nights({ sessions }: LearnerFacts): Signal[] {
  const parts = sessions.flatMap(({ enrollmentId, lessonId, nights: found }) =>
    found.map((part) => ({ enrollmentId, lessonId, ...part })),
  );
  return grouped(parts, (one) => [one.enrollmentId, one.day]).flatMap((group) => {
    const [{ enrollmentId, day }] = group;
    const together: NightPart[] = [];
    for (const part of group) addNight(together, part);
    const { fromAt, toAt, ms } = together[0]!;
    if (ms < NIGHT_LEAST_MS) return [];
    const lessons = lessonsOf([...group].sort((a, b) => b.ms - a.ms));
    return [
      signalOf(enrollmentId, day, '', ms, { kind: 'night-study', lessons, fromAt, toAt, ms }),
    ];
  });
}

const stayOf = (one: Meeting) => ({ fromAt: one.otherFromAt, toAt: one.otherToAt });

const dayOf = ({ fromAt }: { fromAt: number }, zone: string) => dayAt(fromAt, zone).day;

const lessonsOf = (places: readonly Place[]) =>
  [...new Set(places.map((one) => one.lessonId))].slice(0, MOST_LESSONS);

/** The rows in groups of equal keys, in the order in which each key came first; no group is empty. */
function grouped<T>(rows: readonly T[], keyOf: (row: T) => string[]): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const row of rows) {
    const key = keyOf(row).join(' ');
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}
