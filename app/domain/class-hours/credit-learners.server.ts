import type { Trx } from '~db/client.server';
import { writeRows, type Write } from '~db/row-statement';
import { completeEnrollment } from '../classes/complete-enrollment.server';
import { lessonOf } from './add-to-roll-ups.server';
import type { SentBeat } from './arrival';
import {
  advanceLearner,
  EMPTY_SNAPSHOT,
  refusalsBySeq,
  type CreditedPart,
  type SessionBeat,
} from './crediting';
import {
  learnerDayOf,
  learnerDaysOf,
  loadLearnerDays,
  storedLearnerDaysOf,
  sumLearnerDays,
  type LearnerDay,
} from './learner-days.server';
import type { EnrollmentLaw } from './lesson-law.server';
import {
  lastPlayed,
  lessonDaysOf,
  storedLessonDaysOf,
  storedTotalsOf,
  totalOf,
  totalsOf,
  type LessonDay,
  type LessonTotal,
} from './lesson-totals.server';
import { progressOf, type LockedLearner } from './lock-learners.server';
import { dayAt } from './platform-day';
import { refoldLearner } from './refold-learner.server';
import type { Clause, LessonLaw, WatchSessionFact } from './rule-set';
import type { SessionLog } from './session-log';
import type { SessionStanding } from './session-standings.server';
import type { ArrivedBeat } from './stored-beats.server';
import type { KnownStudy } from './study-memory.server';
import type { WatchSession } from './watch-session.server';

/** Beats of one request, checked in shape, of a session of the caller's. */
export interface BeatPost {
  session: WatchSession;
  beats: readonly SentBeat[];
}

/** One request's beats, with all that judges them. */
export interface Found {
  post: BeatPost;
  standing: SessionStanding;
  law: EnrollmentLaw & LessonLaw;
  learner: LockedLearner;
  log: SessionLog;
  fact: WatchSessionFact;
  /** The contact lies before time that is folded, and lets time count that did not. */
  reachesBack: boolean;
  /** What the process remembers of the learner since their last beat. */
  known: Pick<KnownStudy, 'credited' | 'storedDays'> | undefined;
}

/** What became of one request's beats. */
export interface Judged {
  stored: ArrivedBeat[];
  refused: ArrivedBeat[];
  refusals: { seq: number; clause: Clause; ms: number }[];
}

/** New evidence of one learner, by lesson. */
interface LearnerWork {
  learner: LockedLearner;
  lessons: Map<string, { one: Found; beats: SessionBeat[] }>;
  reachesBack: boolean;
}

/** One lesson of one enrollment. */
export const lessonKey = ({ session }: BeatPost) =>
  lessonOf(session.enrollmentId, session.lessonId);
/** One day of one learner. */
export const dayKey = (personId: string, day: string) => `${personId} ${day}`;

function workOf(found: readonly Found[], judged: readonly Judged[]): Map<string, LearnerWork> {
  const work = new Map<string, LearnerWork>();
  found.forEach((one, index) => {
    const { stored } = judged[index]!;
    if (stored.length === 0) return;
    const { personId } = one.post.session;
    const known = work.get(personId);
    const mine: LearnerWork = known ?? {
      learner: one.learner,
      lessons: new Map(),
      reachesBack: false,
    };
    mine.reachesBack ||= one.reachesBack;
    const key = lessonKey(one.post);
    const beats = stored.map(({ beat }) => ({ session: one.fact, beat }));
    const lesson = mine.lessons.get(key);
    if (lesson) lesson.beats.push(...beats);
    else mine.lessons.set(key, { one, beats });
    work.set(personId, mine);
  });
  return work;
}

const startOf = ({ session, beat }: SessionBeat) => session.startedAt + beat.wallFromMs;

/** What has become of the learners. */
interface Credited {
  /** By `lessonKey`. */
  totals: Map<string, LessonTotal>;
  /** What each is credited on the days concerned, over all classes, by `dayKey`, ms. */
  today: Map<string, number>;
  /** Days of which the lesson and its learner now have a row, by `lessonKey`. */
  storedDays: Map<string, string[]>;
}

/** More than a lesson's beats of one session touch at once. */
const MOST_DAYS = 3;

/**
 * Brings the totals of the learners up to date with their new beats, in the caller's transaction, and writes how far
 * each of `found` has come. Names in `judged` what a cap withheld, and
 * adds to `changes` by how much days of lessons changed. Writes what is `pending` of the same beats with it.
 */
export async function creditLearners(
  trx: Trx,
  found: readonly Found[],
  judged: readonly Judged[],
  zone: string,
  changes: LessonDay[],
  pending: Write[],
): Promise<Credited> {
  const work = workOf(found, judged);
  const credited = await loadCredited(trx, found, zone);
  const totals = new Map<string, LessonTotal>();
  const storedDays = new Map<string, string[]>();
  const fresh = {
    totals: [] as LessonTotal[],
    days: [] as LessonDay[],
    learnerDays: [] as LearnerDay[],
  };
  const stored = {
    totals: [] as LessonTotal[],
    days: [] as LessonDay[],
    learnerDays: [] as LearnerDay[],
  };
  for (const [personId, { learner, lessons, reachesBack }] of work) {
    const evidence = [...lessons.values()].map(({ one, beats }) => {
      return { law: one.law, snapshot: one.standing.total ?? EMPTY_SNAPSHOT, beats };
    });
    const { foldedToAt } = learner;
    const creditedOn = (day: string) => credited.get(dayKey(personId, day)) ?? 0;
    const step = reachesBack ? undefined : advanceLearner({ foldedToAt, creditedOn }, evidence);
    if (!step) {
      const starts = evidence.flatMap(({ beats }) => beats.map(startOf));
      const since = Math.min(...starts, ...(reachesBack ? [learner.moment] : []));
      const { day } = dayAt(since, zone);
      await writeRows(trx, ...pending.splice(0));
      const refolded = await refoldLearner(trx, personId, day, zone, changes);
      Object.assign(learner, { foldedToAt: refolded.foldedToAt });
      learner.presenceSpentMs = refolded.presenceSpentMs;
      nameCapped(found, judged, refolded.parts);
      for (const total of refolded.totals) {
        totals.set(lessonOf(total.enrollmentId, total.lessonId), total);
      }
      const today = dayAt(learner.moment, zone).day;
      const [mine] = await loadLearnerDays(trx, [{ personId, day: today }]);
      credited.set(dayKey(personId, today), mine?.creditedMs ?? 0);
      continue;
    }
    nameCapped(
      found,
      judged,
      step.folds.flatMap((fold) => fold.parts),
    );
    const days: LearnerDay[] = [];
    const known = new Set([...lessons.values()].flatMap(({ one }) => one.known?.storedDays ?? []));
    [...lessons].forEach(([key, { one, beats }], index) => {
      const fold = step.folds[index]!;
      const { post, standing, law } = one;
      const played = lastPlayed(standing.total ?? { lastMediaMs: 0, lastStudiedAt: 0 }, beats);
      const last = { lastMediaMs: played.lastMediaMs, lastStudiedAt: played.lastStudiedAt };
      const total = totalOf(post.session, fold, last, law, standing.lengthMs);
      totals.set(key, total);
      (standing.total ? stored : fresh).totals.push(total);
      const { enrollmentId, lessonId } = post.session;
      const lessonKnown = one.known?.storedDays ?? [];
      for (const day of fold.byDay) {
        (lessonKnown.includes(day.day) ? stored : fresh).days.push({
          enrollmentId,
          lessonId,
          ...day,
        });
        days.push(learnerDayOf(personId, law, day));
      }
      const latest = [...new Set([...lessonKnown, ...fold.byDay.map(({ day }) => day)])];
      storedDays.set(key, latest.slice(-MOST_DAYS));
    });
    for (const day of sumLearnerDays(days)) {
      (known.has(day.day) ? stored : fresh).learnerDays.push(day);
      const key = dayKey(personId, day.day);
      credited.set(key, (credited.get(key) ?? 0) + day.creditedMs);
      learner.presenceSpentMs += day.presenceMs;
    }
    learner.foldedToAt = step.foldedToAt;
  }
  await writeRows(
    trx,
    ...pending,
    totalsOf(fresh.totals),
    storedTotalsOf(stored.totals),
    lessonDaysOf(fresh.days),
    storedLessonDaysOf(stored.days),
    learnerDaysOf(fresh.learnerDays),
    storedLearnerDaysOf(stored.learnerDays),
    progressOf(new Map(found.map(({ post, learner }) => [post.session.personId, learner]))),
  );
  changes.push(...fresh.days, ...stored.days);
  for (const { learner, lessons } of work.values()) {
    for (const [key, { one }] of lessons) {
      if (one.law.status !== 'enrolled' || totals.get(key)?.complete !== true) continue;
      const { enrollmentId } = one.post.session;
      await completeEnrollment(trx, { enrollmentId, now: learner.moment });
    }
  }
  return { totals, today: credited, storedDays };
}

/** Only the fold knows what the day's cap withheld: names it in the answers to the beats that just came. */
function nameCapped(
  found: readonly Found[],
  judged: readonly Judged[],
  parts: readonly CreditedPart[],
): void {
  for (const { sessionId, seq, clause, ms } of refusalsBySeq(parts)) {
    if (clause !== 'daily-cap') continue;
    found.forEach(({ post, fact }, index) => {
      if (fact.id !== sessionId || !post.beats.some((beat) => beat.seq === seq)) return;
      judged[index]!.refusals.push({ seq, clause, ms });
    });
  }
}

/** What each learner is credited today and on the days of their new beats, over all classes, by `dayKey`. */
async function loadCredited(
  trx: Trx,
  found: readonly Found[],
  zone: string,
): Promise<Map<string, number>> {
  const asked = new Map<string, { personId: string; day: string }>();
  const known = new Map<string, number>();
  for (const { post, learner, fact, known: before } of found) {
    const { personId } = post.session;
    const ask = (at: number) => {
      const { day } = dayAt(at, zone);
      const creditedMs = before?.credited.get(day);
      if (creditedMs !== undefined) known.set(dayKey(personId, day), creditedMs);
      else asked.set(dayKey(personId, day), { personId, day });
    };
    ask(learner.moment);
    for (const beat of post.beats) {
      // What a beat claims of the future is never credited, so that its days need not be known.
      ask(Math.min(fact.startedAt + beat.wallFromMs, learner.moment));
      ask(Math.min(fact.startedAt + beat.wallToMs, learner.moment));
    }
  }
  const rows = await loadLearnerDays(trx, [...asked.values()]);
  for (const row of rows) known.set(dayKey(row.personId, row.day), row.creditedMs);
  return known;
}
