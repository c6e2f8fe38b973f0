import { insertRange, type Range, type Ranges } from './ranges';
import { ruleSetOn } from './rule-set';
import type { Beat, LessonLaw, Refusal, WatchSessionFact } from './rule-set';
import { judgeBeat, type BeatPart, type Piece } from './valid-time';

/** Where one learner stands in one lesson of one class. Rebuildable from beats and server facts at any time. */
export interface LessonSnapshot {
  /** Media played in valid time. */
  coverage: Ranges;
  coveredMs: number;
  /** All valid time. */
  spentMs: number;
  creditedMs: number;
  /** The end of the last valid time that was folded, epoch ms; 0 before there is any. */
  foldedToAt: number;
}

export const EMPTY_SNAPSHOT: LessonSnapshot = {
  coverage: [],
  coveredMs: 0,
  spentMs: 0,
  creditedMs: 0,
  foldedToAt: 0,
};

/** A snapshot that is being advanced; the coverage list is its own. */
export type RunningLesson = { -readonly [K in keyof LessonSnapshot]: LessonSnapshot[K] } & {
  coverage: Range[];
};

export interface DayCredit {
  day: string;
  creditedMs: number;
  spentMs: number;
}

/** What became of one beat on one day; `creditedMs` of it is credit. */
export interface CreditedPart extends Omit<BeatPart, 'pieces'> {
  sessionId: string;
  seq: number;
  visible: boolean;
  validMs: number;
  creditedMs: number;
}

export interface LessonFold extends LessonSnapshot {
  byDay: DayCredit[];
  parts: CreditedPart[];
}

export interface SessionBeat {
  session: WatchSessionFact;
  beat: Beat;
}

/** New evidence for one lesson, and where that lesson stands before it. */
export interface LessonEvidence {
  law: LessonLaw;
  snapshot: LessonSnapshot;
  beats: readonly SessionBeat[];
}

/** Where a learner stands over all lessons and classes. */
export interface LearnerStanding {
  /** The end of the last valid time that was folded, epoch ms; 0 before there is any. */
  foldedToAt: number;
  /** What is credited on that day already, over all lessons, in ms. */
  creditedOn: (day: string) => number;
}

export const NEW_LEARNER: LearnerStanding = { foldedToAt: 0, creditedOn: () => 0 };

const inWallOrder = (a: SessionBeat, b: SessionBeat) =>
  a.session.number - b.session.number ||
  a.beat.wallFromMs - b.beat.wallFromMs ||
  a.beat.seq - b.beat.seq;

function coverPiece(lesson: RunningLesson, piece: Piece): void {
  if (!piece.covers) return;
  lesson.coveredMs += insertRange(lesson.coverage, piece.mediaFromMs, piece.mediaToMs);
}

/**
 * One step of the law (docs/class-hours.md): the piece's media joins the coverage, its time is spent, and of its time as
 * much is credited as coverage stands ahead of credit and the day's cap leaves. Changes `lesson`; answers the
 * credit of the piece, and what only the cap kept from being credited. Pieces come in wall order.
 */
export function stepCredit(
  lesson: RunningLesson,
  piece: Piece,
  capLeftMs = Infinity,
): { creditedMs: number; cappedMs: number } {
  const ms = piece.toAt - piece.fromAt;
  coverPiece(lesson, piece);
  const earnedMs = Math.min(ms, lesson.coveredMs - lesson.creditedMs);
  const creditedMs = Math.min(earnedMs, Math.max(0, capLeftMs));
  lesson.spentMs += ms;
  lesson.creditedMs += creditedMs;
  lesson.foldedToAt = piece.toAt;
  return { creditedMs, cappedMs: earnedMs - creditedMs };
}

interface Running {
  law: LessonLaw;
  lesson: RunningLesson;
  byDay: Map<string, DayCredit>;
  parts: CreditedPart[];
}

/** What the cap of the class being studied leaves of the day. */
function capLeft(law: LessonLaw, day: string, creditedMs: number): number {
  const { dailyCapMs } = ruleSetOn(law, day);
  return dailyCapMs === null ? Infinity : dailyCapMs - creditedMs;
}

/**
 * Carries a learner's lessons on over beats that came after all that was folded. Answers undefined where one of
 * them holds valid time from before `foldedToAt`: the law is one of wall order, over all the learner's lessons
 * where a cap is reached, and the caller folds again from that day (`foldLearner`).
 *
 * The snapshots must have been folded under the same server facts. A fact that takes effect before
 * `foldedToAt` (a next session, a check, a withdrawal, a class that closed) makes them void: see `isVoidedBy`.
 * Folds come in the order of the evidence; their `byDay` and `parts` are those of the new beats alone.
 * Days before `fromDay` are taken as counted: their beats cover what they covered and are credited nothing.
 */
export function advanceLearner(
  standing: LearnerStanding,
  evidence: readonly LessonEvidence[],
  fromDay = '',
): { foldedToAt: number; folds: LessonFold[] } | undefined {
  let { foldedToAt } = standing;
  const credited = new Map<string, number>();
  const running = evidence.map(({ law, snapshot }): Running => {
    const { coveredMs, spentMs, creditedMs, foldedToAt } = snapshot;
    const lesson = { coverage: [...snapshot.coverage], coveredMs, spentMs, creditedMs, foldedToAt };
    return { law, lesson, byDay: new Map(), parts: [] };
  });
  const beats = evidence.flatMap(({ beats }, index) =>
    beats.map(({ session, beat }) => ({ session, beat, running: running[index]! })),
  );
  if (beats.length > 1) beats.sort(inWallOrder);
  for (const { session, beat, running } of beats) {
    const { law, lesson, byDay } = running;
    for (const part of judgeBeat(beat, session, law)) {
      const { day, pieces, refusals } = part;
      if (day < fromDay) {
        for (const piece of pieces) {
          coverPiece(lesson, piece);
          foldedToAt = lesson.foldedToAt = piece.toAt;
        }
        continue;
      }
      const dayBefore = credited.get(day) ?? standing.creditedOn(day);
      let validMs = 0;
      let creditedMs = 0;
      let cappedMs = 0;
      for (const piece of pieces) {
        if (piece.fromAt < foldedToAt) return undefined;
        const step = stepCredit(lesson, piece, capLeft(law, day, dayBefore + creditedMs));
        validMs += piece.toAt - piece.fromAt;
        creditedMs += step.creditedMs;
        cappedMs += step.cappedMs;
        foldedToAt = piece.toAt;
      }
      if (cappedMs > 0) refusals.push({ clause: 'daily-cap', ms: cappedMs });
      if (validMs > 0) {
        const today = byDay.get(day) ?? { day, creditedMs: 0, spentMs: 0 };
        today.creditedMs += creditedMs;
        today.spentMs += validMs;
        byDay.set(day, today);
        credited.set(day, dayBefore + creditedMs);
      }
      running.parts.push({
        sessionId: session.id,
        seq: beat.seq,
        visible: beat.visible,
        day,
        fromAt: part.fromAt,
        toAt: part.toAt,
        mediaFromMs: part.mediaFromMs,
        mediaToMs: part.mediaToMs,
        validMs,
        creditedMs,
        refusals,
      });
    }
  }
  const folds = running.map(({ lesson, byDay, parts }): LessonFold => {
    const { coverage, coveredMs, spentMs, creditedMs, foldedToAt } = lesson;
    const days = [...byDay.values()];
    return { coverage, coveredMs, spentMs, creditedMs, foldedToAt, byDay: days, parts };
  });
  return { foldedToAt, folds };
}

/**
 * The whole law for one learner: a fold over the stored beats of their lessons in wall order. The result depends on
 * the set of beats and facts alone, not on the order, repetition or batching in which they came.
 *
 * With `fromDay` the days before it stay as they are: each lesson's snapshot then holds what was credited and
 * spent before that day and no coverage, and lessons not studied since are left out.
 */
export function foldLearner(
  evidence: readonly LessonEvidence[],
  fromDay = '',
): { foldedToAt: number; folds: LessonFold[] } {
  const folded = advanceLearner(NEW_LEARNER, evidence, fromDay);
  if (!folded) throw new Error('The stored beats of a learner overlap in valid time.');
  return folded;
}

/** The beats of a lesson's sessions, each with its session. */
export function sessionBeats(
  sessions: readonly WatchSessionFact[],
  beatsBySession: ReadonlyMap<string, readonly Beat[]>,
): SessionBeat[] {
  return sessions.flatMap((session) =>
    (beatsBySession.get(session.id) ?? []).map((beat) => ({ session, beat })),
  );
}

/** As `foldLearner`, for a learner of one lesson. */
export function foldLesson(
  sessions: readonly WatchSessionFact[],
  beatsBySession: ReadonlyMap<string, readonly Beat[]>,
  law: LessonLaw,
): LessonFold {
  const beats = sessionBeats(sessions, beatsBySession);
  return foldLearner([{ law, snapshot: EMPTY_SNAPSHOT, beats }]).folds[0]!;
}

/** True when a server fact that takes effect at `at` reaches into time that is already counted. */
export function isVoidedBy(standing: { foldedToAt: number }, at: number): boolean {
  return at < standing.foldedToAt;
}

/** The refusals of each beat among the parts, one entry for a beat and clause. */
export function refusalsBySeq(
  parts: readonly CreditedPart[],
): { sessionId: string; seq: number; clause: Refusal['clause']; ms: number }[] {
  const found = new Map<string, ReturnType<typeof refusalsBySeq>[number]>();
  for (const { sessionId, seq, refusals } of parts) {
    for (const { clause, ms } of refusals) {
      const key = `${sessionId} ${seq} ${clause}`;
      const known = found.get(key) ?? { sessionId, seq, clause, ms: 0 };
      found.set(key, { ...known, ms: known.ms + ms });
    }
  }
  return [...found.values()];
}
