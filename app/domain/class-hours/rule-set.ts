import type { Ranges } from './ranges';

/** The reasons for which time, coverage or credit is not counted, in the order in which they are asked. */
export const CLAUSES = [
  'overlap',
  'elapsed',
  'one-stream',
  'class-open',
  'visible',
  'presence',
  'speed',
  'daily-cap',
] as const;
export type Clause = (typeof CLAUSES)[number];

/** How much a clause kept from counting. */
export interface Refusal {
  clause: Clause;
  ms: number;
}

export interface PresenceRule {
  checkAfterMinMs: number;
  checkAfterMaxMs: number;
  answerWithinMs: number;
  retryAfterMs: number;
}

/** One published version of the settings of the law. It never changes; a class names the version it counts by. */
export interface RuleSet {
  name: string;
  version: number;
  /** 1 is real time. */
  maxSpeed: number;
  minutesPerClassHour: number;
  requireVisible: boolean;
  dailyCapMs: number | null;
  offlineAllowanceMs: number;
  presence: PresenceRule | null;
}

/** Evidence: between these moments since the client's zero, this range of the media was played. */
export interface Beat {
  seq: number;
  wallFromMs: number;
  wallToMs: number;
  mediaFromMs: number;
  mediaToMs: number;
  visible: boolean;
  /** Server time of first arrival, epoch ms. */
  arrivedAt: number;
}

/** What the server knows of one player that was opened on the lesson. */
export interface WatchSessionFact {
  id: string;
  /** Counts the learner's sessions, over all lessons and classes. */
  number: number;
  startedAt: number;
  /** The start of the learner's next session, null while this is the newest. */
  endedAt: number | null;
  /** The length of the media version it started with. */
  durationMs: number;
  /** When it was in touch with the server: from each contact on, as long as the offline allowance. Epoch ms. */
  inTouch: Ranges;
}

/** A presence check as the server asked it; `passedAt` is null until it is passed. Epoch ms. */
export interface PresenceFact {
  askedAt: number;
  passedAt: number | null;
}

/** A rule set and the first day it counts by; the first of a class has none and counts from the beginning. */
export interface DatedRuleSet {
  fromDay: string | null;
  ruleSet: RuleSet;
  /** The id of the decision that the class counts by it from that day on. */
  decisionId?: string;
}

/** What the law needs beside the beats, of one enrollment. */
export interface LessonLaw {
  /** By day, the first one first. Never empty. */
  ruleSets: readonly DatedRuleSet[];
  /** When the class ran and the enrollment was enrolled or completed, epoch ms. */
  openIntervals: Ranges;
  /** When a presence check of the learner kept time from counting, epoch ms. */
  held: Ranges;
  /** IANA name of the zone whose midnight cuts the days. */
  zone: string;
}

/** The rule set by which that day counts. */
export function ruleSetOn(law: Pick<LessonLaw, 'ruleSets'>, day: string): RuleSet {
  let found = law.ruleSets[0]!;
  for (const dated of law.ruleSets) {
    if (dated.fromDay !== null && dated.fromDay <= day) found = dated;
  }
  return found.ruleSet;
}
