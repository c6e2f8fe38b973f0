import { dayAt } from '../class-hours/platform-day';

/*
 * What is worth a look. None of these takes anything from anybody: a rule that cannot know says so.
 * Where a figure is ours, its reason stands beside it.
 */

/**
 * Two accounts on one device this close in time, ms. A classroom's computer is handed over in the time that one
 * leaves and another sits down, signs in and finds the lesson; who studies for another only signs in again.
 */
export const CLOSE_MS = 10 * 60_000;

/**
 * So many beats in a row without any variance: eight minutes at a beat every 12 s. What a player sends was looked
 * at: it samples every 250 ms, so that a calm one often sends exactly 12,000 ms of clock and of video (in Chromium,
 * on the server's own machine, 7 of 19 beats, three in a row at most). On a very calm device such a run may be
 * long: the lengths alone say little, and together with the arrivals something.
 */
export const EVEN_BEATS = 40;
/** Shorter beats end at a pause or a seek and say nothing, ms. */
export const EVEN_BEAT_LEAST_MS = 1_000;
/**
 * How far the time between two arrivals may be from the time between the beats' ends, ms: rounding, no more. Storing
 * a beat and sending it takes a browser longer or shorter each time: on the same machine by up to 40 ms, and within
 * this from one beat to the next in 5 of 18. Over a real line it is more.
 */
export const EVEN_ARRIVAL_MS = 2;

/**
 * An answer this soon after its question left the server, ms. Two lines of Chinese are read in 2 to 4 s at the
 * usual 300 to 500 characters a minute and more; a second is not enough to read and to press.
 */
export const QUICK_ANSWER_MS = 1_000;
/** So many wrong answers in a row: who watched has one wrong now and then. */
export const WRONG_ANSWERS = 3;

/**
 * More than this in one day, over all classes, ms: eight class hours of 45 minutes. A training day has seven
 * (notice of Hunan's human-resources bureau on training subsidies, 2022-06-07).
 */
export const LONG_DAY_MS = 6 * 3_600_000;

/** Night: the first five hours of the platform's day, ms. Who comes home from a late shift is in bed by then or not. */
export const NIGHT_MS = 5 * 3_600_000;
/** So much study in one night, ms; less is a lesson finished late. */
export const NIGHT_LEAST_MS = 30 * 60_000;

interface Stay {
  fromAt: number;
  toAt: number;
}

/** How two accounts' times on one device lie: at once, shortly after one another, or far enough apart to be turns. */
export function nearness(mine: Stay, other: Stay): 'overlapping' | 'close' | 'apart' {
  if (mine.fromAt < other.toAt && other.fromAt < mine.toAt) return 'overlapping';
  const gap = Math.max(other.fromAt - mine.toAt, mine.fromAt - other.toAt);
  return gap <= CLOSE_MS ? 'close' : 'apart';
}

/** A stored beat, as far as its regularity goes. Wall times are ms since the session's zero. */
export interface TimedBeat {
  seq: number;
  wallFromMs: number;
  wallToMs: number;
  mediaFromMs: number;
  mediaToMs: number;
  /** Epoch ms. */
  arrivedAt: number;
}

/** A run of beats without variance; wall times are ms since the session's zero. */
export interface EvenRun {
  beats: number;
  lengthMs: number;
  wallFromMs: number;
  wallToMs: number;
}

/**
 * The longest run of at least EVEN_BEATS beats, given by seq, that follow each other by number, are all of one
 * and the same length in time and in video, and arrived as regularly; undefined without one. What a queue sent
 * at once says nothing about regularity, and ends a run.
 */
export function longestEvenRun(beats: readonly TimedBeat[]): EvenRun | undefined {
  let best: EvenRun | undefined;
  let first = 0;
  for (let index = 0; index < beats.length; index += 1) {
    const beat = beats[index]!;
    const before = beats[index - 1];
    if (!isEven(beat)) {
      first = index + 1;
      continue;
    }
    if (index > first && before && !continuesEvenly(before, beat)) first = index;
    const count = index - first + 1;
    if (count < EVEN_BEATS || count <= (best?.beats ?? 0)) continue;
    const { wallFromMs } = beats[first]!;
    const lengthMs = beat.wallToMs - beat.wallFromMs;
    best = { beats: count, lengthMs, wallFromMs, wallToMs: beat.wallToMs };
  }
  return best;
}

function isEven(beat: TimedBeat): boolean {
  const lengthMs = beat.wallToMs - beat.wallFromMs;
  return lengthMs >= EVEN_BEAT_LEAST_MS && lengthMs === beat.mediaToMs - beat.mediaFromMs;
}

function continuesEvenly(before: TimedBeat, beat: TimedBeat): boolean {
  if (beat.seq !== before.seq + 1) return false;
  if (beat.wallToMs - beat.wallFromMs !== before.wallToMs - before.wallFromMs) return false;
  const between = beat.arrivedAt - before.arrivedAt;
  const played = beat.wallToMs - before.wallToMs;
  return Math.abs(between - played) <= EVEN_ARRIVAL_MS;
}

/** Time played in one night: the day it belongs to, from the first to the last moment, and how much, ms. */
export interface NightPart {
  day: string;
  fromAt: number;
  toAt: number;
  ms: number;
}

/**
 * What of a session's beats lies between midnight and five in `zone`, a part for each night. Beats never overlap
 * within a session; `endedAt` (epoch ms) cuts what a player went on with after another took over.
 */
export function nightParts(
  beats: readonly TimedBeat[],
  session: { startedAt: number; endedAt: number | null },
  zone: string,
): NightPart[] {
  const parts: NightPart[] = [];
  for (const beat of beats) {
    const endAt = Math.min(session.startedAt + beat.wallToMs, session.endedAt ?? Infinity);
    let at = session.startedAt + beat.wallFromMs;
    while (at < endAt) {
      const { day, fromAt: midnight, toAt: nextMidnight } = dayAt(at, zone);
      const toAt = Math.min(endAt, midnight + NIGHT_MS);
      if (toAt > at) addNight(parts, { day, fromAt: at, toAt, ms: toAt - at });
      at = nextMidnight;
    }
  }
  return parts;
}

/** Adds a part to the night it belongs to. */
export function addNight(parts: NightPart[], part: NightPart): void {
  const known = parts.find(({ day }) => day === part.day);
  if (!known) return void parts.push({ ...part });
  known.fromAt = Math.min(known.fromAt, part.fromAt);
  known.toAt = Math.max(known.toAt, part.toAt);
  known.ms += part.ms;
}

/** One answered question of a presence check; moments are epoch ms. */
export interface JudgedAnswer {
  checkId: string;
  /** Counts the questions of its check from 1. */
  number: number;
  askedAt: number;
  answeredAt: number;
  right: boolean;
}

/**
 * Whether an answer came too soon to have read the question. Only of a check's first question it is known when
 * it was first seen: the next is shown while its pause still runs.
 */
export function isQuick({ number, askedAt, answeredAt }: JudgedAnswer): boolean {
  return number === 1 && answeredAt - askedAt < QUICK_ANSWER_MS;
}

/** The runs of at least WRONG_ANSWERS wrong answers, each with all of its answers; `answers` in the order given. */
export function wrongRuns<T extends JudgedAnswer>(answers: readonly T[]): T[][] {
  const runs: T[][] = [];
  let run: T[] = [];
  for (const answer of answers) {
    if (answer.right) run = [];
    else {
      run = [...run, answer];
      if (run.length === WRONG_ANSWERS) runs.push(run);
      else if (run.length > WRONG_ANSWERS) runs[runs.length - 1] = run;
    }
  }
  return runs;
}
