import type { SentBeat } from './domain/class-hours/arrival';
import type { PresenceQuestion } from './domain/class-hours/presence-check.server';
import {
  STUDY_STATES,
  type BeatAnswer,
  type BeatPost,
} from './domain/class-hours/record-beats.server';
import { CLAUSES } from './domain/class-hours/rule-set';
import type { WatchSession } from './domain/class-hours/watch-session.server';

// What the thread that serves and the thread that stores tell each other. A group is a list of numbers, which is
// copied as it is; objects, or their text, would be built anew on the other side, twice a beat.

/** A group to store; the thread keeps sessions under the numbers by which later groups name them. */
export interface BeatsToStore {
  /** Those that it has not heard of; their numbers are those of the sessions it knows and on, from 0. */
  sessions: WatchSession[];
  /** What it knows is to be forgotten before. */
  anew: boolean;
  /** The moment of arrival, epoch ms, how many posts, and of each post its session, how many beats, and the beats. */
  numbers: Float64Array;
}

/** Answers to a group. */
export interface PackedAnswers {
  /** The latest moment that the thread stored, epoch ms, and the answers. */
  numbers: Float64Array;
  /** Questions that belong to answers, by their index. */
  checks: [number, PresenceQuestion][];
}

/** What the thread is asked of a group. */
export type AskedOfGroup = { group: number } & BeatsToStore;

/** What the thread tells of a group: its answers, then, unless it is committed by then, that it is; or what failed. */
export type ToldOfGroup = { group: number } & (
  { answers: PackedAnswers; isCommitted: boolean } | { isCommitted: true } | { failed: Failure }
);

/** An error, as it goes from one thread to another. */
export interface Failure {
  name: string;
  message: string;
  stack: string | undefined;
  code: string | undefined;
}

const MOST_SESSIONS = 50_000;
const NUMBERS_A_BEAT = 6;

/** The numbers of sessions that a thread knows, by their ids. */
export type SessionNumbers = Map<string, number>;

/** Writes a group down, and numbers the sessions that are new in `known`. */
export function packBeats(
  now: number,
  posts: readonly BeatPost[],
  known: SessionNumbers,
): BeatsToStore {
  const anew = known.size + posts.length > MOST_SESSIONS;
  if (anew) known.clear();
  const sessions: WatchSession[] = [];
  const beats = posts.reduce((sum, post) => sum + post.beats.length, 0);
  const numbers = new Float64Array(2 + 2 * posts.length + NUMBERS_A_BEAT * beats);
  numbers[0] = now;
  numbers[1] = posts.length;
  let at = 2;
  for (const { session, beats } of posts) {
    let number = known.get(session.id);
    if (number === undefined) {
      number = known.size;
      known.set(session.id, number);
      sessions.push(session);
    }
    numbers[at] = number;
    numbers[at + 1] = beats.length;
    at += 2;
    for (const { seq, wallFromMs, wallToMs, mediaFromMs, mediaToMs, visible } of beats) {
      numbers[at] = seq;
      numbers[at + 1] = wallFromMs;
      numbers[at + 2] = wallToMs;
      numbers[at + 3] = mediaFromMs;
      numbers[at + 4] = mediaToMs;
      numbers[at + 5] = visible ? 1 : 0;
      at += NUMBERS_A_BEAT;
    }
  }
  return { sessions, anew, numbers };
}

/** Reads a group; `known` are the sessions by their numbers, to which those that are new are added. */
export function unpackBeats(
  { sessions, anew, numbers }: BeatsToStore,
  known: WatchSession[],
): { now: number; posts: BeatPost[] } {
  if (anew) known.length = 0;
  known.push(...sessions);
  const posts: BeatPost[] = [];
  let at = 2;
  for (let left = numbers[1]!; left > 0; left -= 1) {
    const session = known[numbers[at]!]!;
    const beats: SentBeat[] = [];
    const end = at + 2 + NUMBERS_A_BEAT * numbers[at + 1]!;
    for (at += 2; at < end; at += NUMBERS_A_BEAT) {
      beats.push({
        seq: numbers[at]!,
        wallFromMs: numbers[at + 1]!,
        wallToMs: numbers[at + 2]!,
        mediaFromMs: numbers[at + 3]!,
        mediaToMs: numbers[at + 4]!,
        visible: numbers[at + 5] === 1,
      });
    }
    posts.push({ session, beats });
  }
  return { now: numbers[0]!, posts };
}

const NUMBERS_AN_ANSWER = 8;
const NUMBERS_A_REFUSAL = 3;

/** Writes answers down. */
export function packAnswers(answers: readonly BeatAnswer[], reached: number): PackedAnswers {
  const refusals = answers.reduce((sum, answer) => sum + answer.refusals.length, 0);
  const numbers = new Float64Array(
    1 + NUMBERS_AN_ANSWER * answers.length + NUMBERS_A_REFUSAL * refusals,
  );
  const checks: PackedAnswers['checks'] = [];
  numbers[0] = reached;
  let at = 1;
  answers.forEach((answer, index) => {
    numbers[at] = answer.ackSeq;
    numbers[at + 1] = answer.creditedMs;
    numbers[at + 2] = answer.coveredMs;
    numbers[at + 3] = answer.spentMs;
    numbers[at + 4] = answer.creditedTodayMs;
    numbers[at + 5] = answer.complete ? 1 : 0;
    numbers[at + 6] = STUDY_STATES.indexOf(answer.state);
    numbers[at + 7] = answer.refusals.length;
    at += NUMBERS_AN_ANSWER;
    for (const { seq, clause, ms } of answer.refusals) {
      numbers[at] = seq;
      numbers[at + 1] = CLAUSES.indexOf(clause);
      numbers[at + 2] = ms;
      at += NUMBERS_A_REFUSAL;
    }
    if (answer.presenceCheck) checks.push([index, answer.presenceCheck]);
  });
  return { numbers, checks };
}

/** Reads answers. */
export function unpackAnswers({ numbers, checks }: PackedAnswers): {
  answers: BeatAnswer[];
  reached: number;
} {
  const answers: BeatAnswer[] = [];
  for (let at = 1; at < numbers.length;) {
    const end = at + NUMBERS_AN_ANSWER + NUMBERS_A_REFUSAL * numbers[at + 7]!;
    const refusals: BeatAnswer['refusals'] = [];
    for (let next = at + NUMBERS_AN_ANSWER; next < end; next += NUMBERS_A_REFUSAL) {
      const clause = CLAUSES[numbers[next + 1]!]!;
      refusals.push({ seq: numbers[next]!, clause, ms: numbers[next + 2]! });
    }
    answers.push({
      ackSeq: numbers[at]!,
      creditedMs: numbers[at + 1]!,
      coveredMs: numbers[at + 2]!,
      spentMs: numbers[at + 3]!,
      creditedTodayMs: numbers[at + 4]!,
      complete: numbers[at + 5] === 1,
      refusals,
      state: STUDY_STATES[numbers[at + 6]!]!,
      presenceCheck: null,
    });
    at = end;
  }
  for (const [index, question] of checks) answers[index]!.presenceCheck = question;
  return { answers, reached: numbers[0]! };
}
