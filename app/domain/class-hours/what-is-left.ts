import type { Range, Ranges } from './ranges';

/** What a learner still has to play of a lesson. */
export interface WhatIsLeft {
  /** Milliseconds of media until the lesson is complete, if played at 1x or slower; 0 when it is. */
  leftMs: number;
  /** Where playing on earns most simply: the first media that is not covered; undefined when all is. */
  playFromMs: number | undefined;
  /** What lies uncovered before the furthest covered point: skipped, or played and not counted. */
  gaps: Range[];
}

/**
 * What is left of a lesson (docs/class-hours.md, *complete*: 95 % covered, in time that 95 % take at the highest speed).
 * All in ms; `coverage` sorted and apart.
 */
export function whatIsLeft(lesson: {
  coverage: Ranges;
  spentMs: number;
  lengthMs: number;
  maxSpeed: number;
}): WhatIsLeft {
  const { coverage, spentMs, lengthMs, maxSpeed } = lesson;
  const gaps: Range[] = [];
  let reached = 0;
  let coveredMs = 0;
  for (const [from, to] of coverage) {
    if (from > reached) gaps.push([reached, from]);
    coveredMs += to - from;
    reached = to;
  }
  const toCover = Math.ceil((95 * lengthMs) / 100) - coveredMs;
  const toSpend = Math.ceil((95 * lengthMs) / (100 * maxSpeed)) - spentMs;
  const open = gaps[0]?.[0] ?? reached;
  return {
    leftMs: Math.max(0, toCover, toSpend),
    playFromMs: open < lengthMs ? open : undefined,
    gaps,
  };
}
