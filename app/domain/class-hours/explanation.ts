import type { CreditedPart, DayCredit, LessonFold } from './crediting';
import type { Clause, Refusal } from './rule-set';
import { CLAUSES } from './rule-set';

/** A run of beats joined for display. Moments are epoch ms; the edge writes them as ISO 8601. */
export interface Play {
  wallFrom: number;
  wallTo: number;
  mediaFromMs: number;
  mediaToMs: number;
  validMs: number;
  creditedMs: number;
  refusals: Refusal[];
}

export interface Explanation {
  creditedMs: number;
  coveredMs: number;
  spentMs: number;
  byDay: DayCredit[];
  plays: Play[];
}

/** Beats follow each other closely, not always to the millisecond: pauses this short are one play. */
const WALL_GAP_MS = 1000;
/** Players report positions that jitter. */
const MEDIA_GAP_MS = 250;

const clausesOf = (part: CreditedPart) => part.refusals.map(({ clause }) => clause).join(' ');

function continues(last: CreditedPart, next: CreditedPart): boolean {
  const gap = next.fromAt - last.toAt;
  return (
    next.sessionId === last.sessionId &&
    next.day === last.day &&
    gap >= 0 &&
    gap <= WALL_GAP_MS &&
    Math.abs(next.mediaFromMs - last.mediaToMs) <= MEDIA_GAP_MS &&
    next.visible === last.visible &&
    clausesOf(next) === clausesOf(last)
  );
}

function addRefusals(parts: readonly CreditedPart[]): Refusal[] {
  const sums = new Map<Clause, number>();
  for (const { clause, ms } of parts.flatMap((part) => part.refusals)) {
    sums.set(clause, (sums.get(clause) ?? 0) + ms);
  }
  return CLAUSES.flatMap((clause) => {
    const ms = sums.get(clause);
    return ms === undefined ? [] : [{ clause, ms }];
  });
}

function toPlay(run: readonly CreditedPart[]): Play {
  const first = run[0]!;
  const last = run[run.length - 1]!;
  return {
    wallFrom: first.fromAt,
    wallTo: last.toAt,
    mediaFromMs: first.mediaFromMs,
    mediaToMs: last.mediaToMs,
    validMs: run.reduce((sum, part) => sum + part.validMs, 0),
    creditedMs: run.reduce((sum, part) => sum + part.creditedMs, 0),
    refusals: addRefusals(run),
  };
}

/**
 * Why a lesson counts what it counts, for the person it concerns. Days, and plays, each add up to the credit
 * exactly, and so do the plays of a day: no play crosses midnight.
 */
export function explainLesson(fold: LessonFold): Explanation {
  const runs: CreditedPart[][] = [];
  for (const part of fold.parts) {
    const run = runs[runs.length - 1];
    const last = run?.[run.length - 1];
    if (run && last && continues(last, part)) run.push(part);
    else runs.push([part]);
  }
  const { creditedMs, coveredMs, spentMs, byDay } = fold;
  return { creditedMs, coveredMs, spentMs, byDay, plays: runs.map(toPlay) };
}
