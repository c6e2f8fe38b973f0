import {
  EMPTY_SNAPSHOT,
  foldLearner,
  sessionBeats,
  type LessonFold,
} from '../class-hours/crediting';
import { isComplete } from '../class-hours/figures';
import { openIntervals, type StatusFact } from '../class-hours/open-intervals';
import { dayAt } from '../class-hours/platform-day';
import { heldTime, timeInTouch } from '../class-hours/presence-time';
import {
  ruleSetOn,
  type Beat,
  type DatedRuleSet,
  type LessonLaw,
  type RuleSet,
  type WatchSessionFact,
} from '../class-hours/rule-set';

/** What the law needs beside one learner's records. */
export interface CountingFacts {
  zone: string;
  classes: ReadonlyMap<string, { startsOn: string; endsOn: string; ruleSetVersionId: string }>;
  ruleSets: ReadonlyMap<string, RuleSet>;
  /** By class, in the order of their days. */
  laterRuleSets: ReadonlyMap<string, readonly { fromDay: string; ruleSetVersionId: string }[]>;
}

interface StudiedSession {
  id: string;
  enrollmentId: string;
  lessonId: string;
  durationMs: number;
  number: number;
  startedAt: number;
}

/** One learner's records, gathered from the lines of a package. */
export interface LearnerRecords {
  statuses: Map<string, { classId: string; facts: (StatusFact & { id: string })[] }>;
  sessions: StudiedSession[];
  beats: Map<string, Beat[]>;
  checks: Map<string, { askedAt: number; passedAt: number | null }>;
  /** When questions were answered, by session. */
  answers: Map<string, number[]>;
  corrections: { enrollmentId: string; lessonId: string; day: string; ms: number; cause: string }[];
}

/** What a learner's records amount to; all in ms. */
export interface RecountedLearner {
  lessons: Map<string, Record<string, unknown>>;
  lessonDays: Map<string, Record<string, unknown>>;
  learnerDays: Map<string, Record<string, unknown>>;
}

function lawOf(records: LearnerRecords, enrollmentId: string, facts: CountingFacts): LessonLaw {
  const enrollment = records.statuses.get(enrollmentId);
  const trainingClass = enrollment && facts.classes.get(enrollment.classId);
  if (!enrollment || !trainingClass) throw new Error(`no class of enrollment ${enrollmentId}`);
  const ruleSet = (versionId: string) => {
    const found = facts.ruleSets.get(versionId);
    if (!found) throw new Error(`no rule set ${versionId}`);
    return found;
  };
  const { startsOn, endsOn, ruleSetVersionId } = trainingClass;
  const later = facts.laterRuleSets.get(enrollment.classId) ?? [];
  const ruleSets: DatedRuleSet[] = [
    { fromDay: null, ruleSet: ruleSet(ruleSetVersionId) },
    ...later.map((one) => ({ fromDay: one.fromDay, ruleSet: ruleSet(one.ruleSetVersionId) })),
  ];
  const inOrder = [...enrollment.facts].sort(
    (a, b) => a.fromAt - b.fromAt || (a.id < b.id ? -1 : 1),
  );
  const { zone } = facts;
  const law = { ruleSets, openIntervals: openIntervals(startsOn, endsOn, inOrder, zone), zone };
  const checks = [...records.checks.values()].sort((a, b) => a.askedAt - b.askedAt);
  return { ...law, held: heldTime(checks, law) };
}

function sessionFacts(
  records: LearnerRecords,
  law: LessonLaw,
  wanted: (s: StudiedSession) => boolean,
) {
  const inOrder = [...records.sessions].sort((a, b) => a.number - b.number);
  return inOrder.flatMap((session, index): WatchSessionFact[] => {
    if (!wanted(session)) return [];
    const { id, number, startedAt, durationMs } = session;
    const contacts = [
      startedAt,
      ...(records.beats.get(id) ?? []).map((beat) => beat.arrivedAt),
      ...(records.answers.get(id) ?? []),
    ];
    const endedAt = inOrder[index + 1]?.startedAt ?? null;
    return [{ id, number, startedAt, endedAt, durationMs, inTouch: timeInTouch(contacts, law) }];
  });
}

function lessonOf(fold: LessonFold, law: LessonLaw, lengthMs: number) {
  const { creditedMs, coveredMs, spentMs, coverage, foldedToAt } = fold;
  const { maxSpeed } = ruleSetOn(law, dayAt(foldedToAt, law.zone).day);
  const complete = isComplete({ coveredMs, spentMs, lengthMs, maxSpeed });
  return { creditedMs, correctedMs: 0, coveredMs, spentMs, coverage, complete };
}

/** Counts one learner anew by the law (docs/class-hours.md). Throws where a record names a fact that is not there. */
export function recountLearner(records: LearnerRecords, facts: CountingFacts): RecountedLearner {
  const keys = [...new Set(records.sessions.map((s) => `${s.enrollmentId} ${s.lessonId}`))].sort();
  const studied = keys.map((key) => {
    const law = lawOf(records, key.split(' ')[0]!, facts);
    const sessions = sessionFacts(records, law, (s) => `${s.enrollmentId} ${s.lessonId}` === key);
    return { key, law, sessions };
  });
  const { folds } = foldLearner(
    studied.map(({ law, sessions }) => {
      return { law, snapshot: EMPTY_SNAPSHOT, beats: sessionBeats(sessions, records.beats) };
    }),
  );
  const lessons = new Map<string, Record<string, unknown>>();
  const lessonDays = new Map<string, Record<string, unknown>>();
  const learnerDays = new Map<
    string,
    { creditedMs: number; spentMs: number; presenceMs: number }
  >();
  studied.forEach(({ key, law, sessions }, index) => {
    const fold = folds[index]!;
    lessons.set(key, lessonOf(fold, law, sessions.at(-1)?.durationMs ?? 0));
    for (const { day, creditedMs, spentMs } of fold.byDay) {
      lessonDays.set(`${key} ${day}`, { creditedMs, correctedMs: 0, spentMs });
      const sum = learnerDays.get(day) ?? { creditedMs: 0, spentMs: 0, presenceMs: 0 };
      sum.creditedMs += creditedMs;
      sum.spentMs += spentMs;
      if (ruleSetOn(law, day).presence) sum.presenceMs += spentMs;
      learnerDays.set(day, sum);
    }
  });
  for (const { enrollmentId, lessonId, day, ms, cause } of records.corrections) {
    if (cause !== 'decision') continue;
    addCorrection(lessons, `${enrollmentId} ${lessonId}`, ms);
    addCorrection(lessonDays, `${enrollmentId} ${lessonId} ${day}`, ms);
  }
  return { lessons, lessonDays, learnerDays: new Map(learnerDays) };
}

function addCorrection(figures: Map<string, Record<string, unknown>>, key: string, ms: number) {
  const found = figures.get(key);
  figures.set(key, { ...found, correctedMs: Number(found?.correctedMs ?? 0) + ms });
}
