import type { Trx } from '~db/client.server';
import { writeRows, type Write } from '~db/row-statement';
import { completeEnrollment } from '../classes/complete-enrollment.server';
import type { PlacedDay } from './add-to-roll-ups.server';
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
  type LessonTotal,
} from './lesson-totals.server';
import { daysOf } from './find-studies.server';
import { confirmLearner, progressOf, type Playing } from './lock-learners.server';
import { dayAt } from './platform-day';
import { refoldLearner } from './refold-learner.server';
import type { Clause, LessonLaw } from './rule-set';
import type { ArrivedBeat } from './stored-beats.server';
import type { StudiedLesson, Study, StudyingLearner } from './study-memory.server';
import type { WatchSession } from './watch-session.server';

/** Beats of one request, checked in shape, of a session of the caller's. */
export interface BeatPost {
  session: WatchSession;
  beats: readonly SentBeat[];
}

/** One request's beats, with what judges them and what became of them. */
export interface Found {
  post: BeatPost;
  study: Study;
  law: EnrollmentLaw & LessonLaw;
  stored: ArrivedBeat[];
  refused: ArrivedBeat[];
  refusals: { seq: number; clause: Clause; ms: number }[];
}

/** What came of one learner. */
export interface LearnerWork {
  lessons: {
    lesson: StudiedLesson;
    session: WatchSession;
    law: EnrollmentLaw & LessonLaw;
    beats: SessionBeat[];
  }[];
  /** Whose beats are stored, the one that brought the last of them last. */
  touched: Study[];
  /** The contact lies before time that is folded, and lets time count that did not. */
  reachesBack: boolean;
  /** More changed of the learner than their studies tell. */
  recounted: boolean;
}

/** Rows to write, apart by whether the process knows that they are there. */
interface Totals {
  totals: LessonTotal[];
  days: PlacedDay[];
  learnerDays: LearnerDay[];
}

/** More than a lesson's beats of one session touch at once. */
const MOST_DAYS = 3;

/**
 * Brings the studies of the learners up to date with their new beats. Names in `found` what a cap withheld, and
 * answers by how much days of lessons changed. Adds to what is `pending` of the same beats what is to be written of
 * the learners' totals and of how far each of them has come; writes all of it, in the caller's transaction, only where
 * something must be read after it.
 */
export async function creditLearners(
  trx: Trx,
  learners: ReadonlyMap<StudyingLearner, LearnerWork>,
  found: readonly Found[],
  zone: string,
  pending: Write[],
): Promise<PlacedDay[]> {
  await loadCredited(trx, found, zone);
  const changes: PlacedDay[] = [];
  const fresh: Totals = { totals: [], days: [], learnerDays: [] };
  const stored: Totals = { totals: [], days: [], learnerDays: [] };
  for (const [learner, work] of learners) {
    if (work.lessons.length === 0) continue;
    if (!work.reachesBack && advance(learner, work, found, fresh, stored)) continue;
    await confirmLearner(trx, learner);
    await writeRows(trx, pending.splice(0));
    await countAnew(trx, learner, work, found, zone, changes);
  }
  pending.push(
    totalsOf(fresh.totals),
    storedTotalsOf(stored.totals),
    lessonDaysOf(fresh.days),
    storedLessonDaysOf(stored.days),
    learnerDaysOf(fresh.learnerDays),
    storedLearnerDaysOf(stored.learnerDays),
    ...progressOf(listProgress(learners)),
  );
  changes.push(...fresh.days, ...stored.days);
  for (const [learner, work] of learners) {
    learner.version += 1;
    const playing = work.touched.at(-1);
    if (playing) learner.playing = playingOf(playing);
    for (const { lesson, law } of work.lessons) {
      if (law.status !== 'enrolled' || lesson.total?.complete !== true) continue;
      const { enrollmentId } = lesson;
      await writeRows(trx, pending.splice(0));
      const completed = await completeEnrollment(trx, { enrollmentId, now: learner.moment });
      work.recounted ||= completed.length > 0;
    }
  }
  return changes;
}

/** How far a session reaches by its study. */
export const playingOf = ({ session, reach, inTouch }: Study): Playing => ({
  sessionId: session.id,
  reach,
  inTouch,
});

const listProgress = (learners: ReadonlyMap<StudyingLearner, LearnerWork>) =>
  [...learners].map(([learner, { touched }]) => {
    const last = touched.at(-1);
    return { learner, playing: last && playingOf(last) };
  });

/** Carries the learner on over beats that come after all that is counted; answers false, and changes nothing, for others. */
function advance(
  learner: StudyingLearner,
  { lessons }: LearnerWork,
  found: readonly Found[],
  fresh: Totals,
  stored: Totals,
): boolean {
  const { credited, personId, foldedToAt } = learner;
  const creditedOn = (day: string) => credited.get(day) ?? 0;
  const evidence = lessons.map(({ lesson, law, beats }) => {
    return { law, snapshot: lesson.total ?? EMPTY_SNAPSHOT, beats };
  });
  const step = advanceLearner({ foldedToAt, creditedOn }, evidence);
  if (!step) return false;
  const days: LearnerDay[] = [];
  const known = lessons.flatMap(({ lesson }) => lesson.storedDays);
  lessons.forEach(({ lesson, session, law, beats }, index) => {
    const fold = step.folds[index]!;
    nameCapped(found, fold.parts);
    const played = lastPlayed(lesson.total ?? { lastMediaMs: 0, lastStudiedAt: 0 }, beats);
    const total = totalOf(session, fold, played, law, lesson.lengthMs);
    (lesson.total ? stored : fresh).totals.push(total);
    lesson.total = total;
    const { enrollmentId, lessonId, storedDays } = lesson;
    for (const { day, creditedMs, spentMs } of fold.byDay) {
      const isStored = storedDays.includes(day);
      const change = { enrollmentId, lessonId, day, creditedMs, spentMs, lesson };
      (isStored ? stored : fresh).days.push(change);
      days.push(learnerDayOf(personId, law, { day, creditedMs, spentMs }));
      if (!isStored) lesson.storedDays = [...lesson.storedDays, day].slice(-MOST_DAYS);
    }
  });
  for (const day of sumLearnerDays(days)) {
    (known.includes(day.day) ? stored : fresh).learnerDays.push(day);
    credited.set(day.day, creditedOn(day.day) + day.creditedMs);
    learner.presenceSpentMs += day.presenceMs;
  }
  learner.foldedToAt = step.foldedToAt;
  return true;
}

async function countAnew(
  trx: Trx,
  learner: StudyingLearner,
  work: LearnerWork,
  found: readonly Found[],
  zone: string,
  changes: PlacedDay[],
): Promise<void> {
  const { personId, moment } = learner;
  const starts = work.lessons.flatMap(({ beats }) =>
    beats.map(({ session, beat }) => session.startedAt + beat.wallFromMs),
  );
  const since = Math.min(...starts, ...(work.reachesBack ? [moment] : []));
  const { day } = dayAt(since, zone);
  const refolded = await refoldLearner(trx, personId, day, zone, changes);
  learner.version += 1;
  learner.foldedToAt = refolded.foldedToAt;
  learner.presenceSpentMs = refolded.presenceSpentMs;
  work.recounted = true;
  nameCapped(found, refolded.parts);
  for (const { study } of found) {
    if (study.learner !== learner) continue;
    const { enrollmentId, lessonId } = study.lesson;
    const total = refolded.totals.find(
      (one) => one.lessonId === lessonId && one.enrollmentId === enrollmentId,
    );
    if (total) study.lesson.total = total;
  }
  const today = dayAt(moment, zone).day;
  const [mine] = await loadLearnerDays(trx, [{ personId, day: today }]);
  learner.credited.set(today, mine?.creditedMs ?? 0);
}

/** Only the fold knows what the day's cap withheld: names it in the answers to the beats that just came. */
function nameCapped(found: readonly Found[], parts: readonly CreditedPart[]): void {
  const isCapped = parts.some(({ refusals }) =>
    refusals.some(({ clause }) => clause === 'daily-cap'),
  );
  if (!isCapped) return;
  for (const { sessionId, seq, clause, ms } of refusalsBySeq(parts)) {
    if (clause !== 'daily-cap') continue;
    for (const { post, refusals } of found) {
      if (post.session.id !== sessionId || !post.beats.some((beat) => beat.seq === seq)) continue;
      refusals.push({ seq, clause, ms });
    }
  }
}

/** Finds what each learner is credited today and on the days of their new beats, where it is not known. */
async function loadCredited(trx: Trx, found: readonly Found[], zone: string): Promise<void> {
  const asked: { personId: string; day: string }[] = [];
  const learners = new Map<string, StudyingLearner>();
  for (const { post, study } of found) {
    const { learner, session } = study;
    const { personId, credited, moment } = learner;
    for (const day of daysOf(session, post.beats, moment, zone)) {
      if (credited.has(day)) continue;
      asked.push({ personId, day });
      credited.set(day, 0);
      learners.set(personId, learner);
    }
  }
  for (const { personId, day, creditedMs } of await loadLearnerDays(trx, asked)) {
    learners.get(personId)!.credited.set(day, creditedMs);
  }
}
