import { dayAt } from './platform-day';
import { normaliseRanges, subtractRanges, totalLength, type Range, type Ranges } from './ranges';
import { ruleSetOn } from './rule-set';
import type { Beat, Clause, LessonLaw, Refusal, RuleSet, WatchSessionFact } from './rule-set';

/** Valid time of one beat within one day: one step of the law. Moments are epoch ms, `[fromAt, toAt)`. */
export interface Piece {
  fromAt: number;
  toAt: number;
  mediaFromMs: number;
  mediaToMs: number;
  day: string;
  /** False when the beat ran faster than the rule set allows: its time stands and covers nothing. */
  covers: boolean;
}

/** What one beat claims on one day, and what of it is valid. */
export interface BeatPart {
  day: string;
  fromAt: number;
  toAt: number;
  mediaFromMs: number;
  mediaToMs: number;
  pieces: Piece[];
  refusals: Refusal[];
}

/** The tolerance for clocks that drift: 2 s and 1/1000 of the time that passed. */
const CLOCK_SLACK_MS = 2000;
/** The noise in measuring a beat's speed: 10 % and 250 ms. */
const SPEED_SLACK_MS = 250;

/** floor(a * b / c) for whole numbers, also where the product leaves the exact range of doubles. */
function mulDiv(a: number, b: number, c: number): number {
  const product = a * b;
  return Number.isSafeInteger(product)
    ? Math.floor(product / c)
    : Number((BigInt(a) * BigInt(b)) / BigInt(c));
}

/** The media position of a beat at wall time `w`, in the beat's own ms: a straight line, rounded down, so that pieces tile. */
export function beatPosition(beat: Beat, w: number): number {
  const wallMs = beat.wallToMs - beat.wallFromMs;
  if (wallMs === 0) return beat.mediaFromMs;
  const mediaMs = beat.mediaToMs - beat.mediaFromMs;
  return beat.mediaFromMs + mulDiv(mediaMs, w - beat.wallFromMs, wallMs);
}

/** A player may run up to a second past the length that was probed; that end is no media. */
function clampToDuration(beat: Beat, durationMs: number): Beat {
  return beat.mediaToMs <= durationMs ? beat : { ...beat, mediaToMs: durationMs };
}

/** True when the beat's media ran faster than the rule set allows, noise of measuring included. */
export function isTooFast(beat: Beat, maxSpeed: number): boolean {
  const mediaMs = beat.mediaToMs - beat.mediaFromMs;
  const wallMs = beat.wallToMs - beat.wallFromMs;
  const tenThousandths = Math.round(maxSpeed * 1000) * 11;
  return (mediaMs - SPEED_SLACK_MS) * 10_000 > wallMs * tenThousandths;
}

/** What a beat says of later moments than this had not happened when it first arrived. Epoch ms. */
function elapsedLimit(beat: Beat, session: WatchSessionFact): number {
  const elapsedMs = Math.max(0, beat.arrivedAt - session.startedAt);
  return session.startedAt + elapsedMs + CLOCK_SLACK_MS + Math.floor(elapsedMs / 1000);
}

/** A clause and the moments it lets pass; everything else it refuses. */
type Gate = readonly [clause: Clause, allowed: Ranges];

/**
 * The clauses that touch time, in the law's order. The first that refuses a millisecond names the refusal.
 * Neighbours in `openIntervals` are joined: a cut that is no bound of the law must not make a step of it.
 */
function gatesOf(beat: Beat, session: WatchSessionFact, law: LessonLaw, ruleSet: RuleSet): Gate[] {
  const always: Range = [-Infinity, Infinity];
  return [
    ['elapsed', [[-Infinity, elapsedLimit(beat, session)]]],
    ['one-stream', [[-Infinity, session.endedAt ?? Infinity]]],
    ['class-open', normaliseRanges(law.openIntervals)],
    ['visible', beat.visible || !ruleSet.requireVisible ? [always] : []],
    [
      'presence',
      law.held.length === 0 ? session.inTouch : subtractRanges(session.inTouch, law.held),
    ],
  ];
}

function clip([from, to]: Range, allowed: Ranges): Range[] {
  return allowed.flatMap(([allowedFrom, allowedTo]): Range[] => {
    const clipped: Range = [Math.max(from, allowedFrom), Math.min(to, allowedTo)];
    return clipped[1] > clipped[0] ? [clipped] : [];
  });
}

function throughGates(
  span: Range,
  gates: readonly Gate[],
): { valid: Range[]; refusals: Refusal[] } {
  let valid: Range[] = [span];
  const refusals: Refusal[] = [];
  for (const [clause, allowed] of gates) {
    const passed = valid.flatMap((range) => clip(range, allowed));
    const ms = totalLength(valid) - totalLength(passed);
    if (ms > 0) refusals.push({ clause, ms });
    valid = passed;
  }
  return { valid, refusals };
}

/** True when every clause lets all of the span pass, which nearly every beat's do: nothing need be cut. */
function isPlain(
  [from, to]: Range,
  beat: Beat,
  session: WatchSessionFact,
  law: LessonLaw,
): boolean {
  const lies = ([allowedFrom, allowedTo]: Range) => allowedFrom <= from && to <= allowedTo;
  return (
    beat.visible &&
    law.held.length === 0 &&
    to <= elapsedLimit(beat, session) &&
    to <= (session.endedAt ?? Infinity) &&
    law.openIntervals.some(lies) &&
    session.inTouch.some(lies)
  );
}

/** Cuts at the zone's midnights, as far as time can be valid at all: what a claim says of the future stays one span. */
function cutAtMidnights([from, to]: Range, limit: number, zone: string): [string, Range][] {
  const spans: [string, Range][] = [];
  for (let start = from; start < to;) {
    const { day, toAt } = dayAt(start, zone);
    const end = toAt < Math.min(to, limit) ? toAt : to;
    spans.push([day, [start, end]]);
    start = end;
  }
  return spans;
}

/**
 * Cuts one stored beat at midnight and at the bounds of the clauses that touch time (docs/class-hours.md, valid time),
 * and names for each refused millisecond the first clause that refuses it. Each piece is one step of the law.
 * A beat that is empty in wall time or in media counts nothing and is refused nothing: it has no parts.
 * The clause *speed* refuses no time; it is named with the valid time that covers nothing because of it.
 */
export function judgeBeat(sent: Beat, session: WatchSessionFact, law: LessonLaw): BeatPart[] {
  const beat = clampToDuration(sent, session.durationMs);
  if (beat.wallToMs <= beat.wallFromMs || beat.mediaToMs <= beat.mediaFromMs) return [];
  const mediaAt = (at: number) => beatPosition(beat, at - session.startedAt);
  const claimed: Range = [session.startedAt + beat.wallFromMs, session.startedAt + beat.wallToMs];
  return cutAtMidnights(claimed, elapsedLimit(beat, session), law.zone).map(([day, span]) => {
    const ruleSet = ruleSetOn(law, day);
    const covers = !isTooFast(beat, ruleSet.maxSpeed);
    const { valid, refusals } = isPlain(span, beat, session, law)
      ? { valid: [span], refusals: [] as Refusal[] }
      : throughGates(span, gatesOf(beat, session, law, ruleSet));
    const pieces = valid.map(([fromAt, toAt]): Piece => {
      return { fromAt, toAt, mediaFromMs: mediaAt(fromAt), mediaToMs: mediaAt(toAt), day, covers };
    });
    if (!covers && valid.length > 0) refusals.push({ clause: 'speed', ms: totalLength(valid) });
    const [fromAt, toAt] = span;
    const media = { mediaFromMs: mediaAt(fromAt), mediaToMs: mediaAt(toAt) };
    return { day, fromAt, toAt, pieces, refusals, ...media };
  });
}
