import { insertRange, type Range, type Ranges } from './ranges';
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

/**
 * What the day's cap leaves to this lesson at that moment, before the credit that the running fold itself
 * gives on that day. Infinity where there is no cap.
 */
export type CapLeft = (day: string, at: number) => number;

const NO_CAP: CapLeft = () => Infinity;

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
  if (piece.covers) {
    lesson.coveredMs += insertRange(lesson.coverage, piece.mediaFromMs, piece.mediaToMs);
  }
  const earnedMs = Math.min(ms, lesson.coveredMs - lesson.creditedMs);
  const creditedMs = Math.min(earnedMs, Math.max(0, capLeftMs));
  lesson.spentMs += ms;
  lesson.creditedMs += creditedMs;
  lesson.foldedToAt = piece.toAt;
  return { creditedMs, cappedMs: earnedMs - creditedMs };
}

const inWallOrder = (a: SessionBeat, b: SessionBeat) =>
  a.session.number - b.session.number ||
  a.beat.wallFromMs - b.beat.wallFromMs ||
  a.beat.seq - b.beat.seq;

/**
 * Carries a snapshot on over beats that came after it. Answers undefined where one of them holds valid time
 * from before `foldedToAt`: the law is one of wall order, and the caller folds the lesson again.
 *
 * The snapshot must have been folded under the same server facts. A fact that takes effect before
 * `foldedToAt` (a next session, a withdrawal, a class that closed) makes it void: see `isVoidedBy`.
 * `byDay` and `parts` are those of the new beats alone; `capLeft` speaks of the moment before them.
 */
export function advanceLesson(
  snapshot: LessonSnapshot,
  beats: readonly SessionBeat[],
  law: LessonLaw,
  capLeft: CapLeft = NO_CAP,
): LessonFold | undefined {
  const lesson: RunningLesson = { ...snapshot, coverage: [...snapshot.coverage] };
  const byDay = new Map<string, DayCredit>();
  const parts: CreditedPart[] = [];
  for (const { session, beat } of [...beats].sort(inWallOrder)) {
    for (const { pieces, ...part } of judgeBeat(beat, session, law)) {
      const today = byDay.get(part.day) ?? { day: part.day, creditedMs: 0, spentMs: 0 };
      const refusals: Refusal[] = part.refusals;
      let validMs = 0;
      let creditedMs = 0;
      let cappedMs = 0;
      for (const piece of pieces) {
        if (piece.fromAt < lesson.foldedToAt) return undefined;
        const left = capLeft(piece.day, piece.fromAt) - today.creditedMs;
        const step = stepCredit(lesson, piece, left);
        validMs += piece.toAt - piece.fromAt;
        creditedMs += step.creditedMs;
        cappedMs += step.cappedMs;
        today.creditedMs += step.creditedMs;
      }
      if (cappedMs > 0) refusals.push({ clause: 'daily-cap', ms: cappedMs });
      if (validMs > 0) byDay.set(part.day, { ...today, spentMs: today.spentMs + validMs });
      const { seq, visible } = beat;
      parts.push({ ...part, sessionId: session.id, seq, visible, validMs, creditedMs });
    }
  }
  return { ...lesson, byDay: [...byDay.values()], parts };
}

/**
 * The whole law for one enrollment and lesson: a fold over all its stored beats in wall order. The result
 * depends on the set of beats and facts alone, not on the order, repetition or batching in which they came.
 */
export function foldLesson(
  sessions: readonly WatchSessionFact[],
  beatsBySession: ReadonlyMap<string, readonly Beat[]>,
  law: LessonLaw,
  capLeft: CapLeft = NO_CAP,
): LessonFold {
  const beats = sessions.flatMap((session) =>
    (beatsBySession.get(session.id) ?? []).map((beat) => ({ session, beat })),
  );
  const fold = advanceLesson(EMPTY_SNAPSHOT, beats, law, capLeft);
  if (!fold) throw new Error('The stored beats of a lesson overlap in valid time.');
  return fold;
}

/** True when a server fact that takes effect at `at` reaches into time the snapshot already counts. */
export function isVoidedBy(snapshot: LessonSnapshot, at: number): boolean {
  return at < snapshot.foldedToAt;
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
