import type { Generated } from 'kysely';
import type { Day, Flag, JsonText, Moment } from './columns';

/** One row a learner: the lock under which their sessions are numbered and their moments never run back. */
export interface LearnerStreamTable {
  person_id: string;
  last_number: number;
  last_at: Moment;
  /** The end of the last valid time that is folded into the learner's totals. */
  folded_to_at: Moment;
  /** All valid time in classes that ask for presence; and how much it was when the last check was passed. */
  presence_spent_ms: number;
  presence_base_ms: number;
  /** When the next check is due, drawn between the rule set's bounds, in millionths. Never leaves the server. */
  presence_draw: number;
  /** When the check was asked that is not passed yet. */
  open_check_at: Moment | null;
  last_check_passed_at: Moment | null;
  /** Moves on whenever the learner is locked, counted anew or given another status. */
  version: Generated<number>;
  /** The session that brought the latest beats, with what session_total has of all others; null where not known. */
  playing_session_id: string | null;
  ack_seq: number | null;
  last_seq: number | null;
  wall_to_ms: number | null;
  in_touch: JsonText | null;
}

/** A presence check of a learner, open until one of its questions is answered rightly. */
export interface PresenceCheckTable {
  id: string;
  person_id: string;
  /** The session in which it was asked first. */
  session_id: string;
  asked_at: Moment;
  passed_at: Moment | null;
}

/** One question of a check; after a wrong answer comes another. Its id is the contract's checkId. */
export interface PresenceQuestionTable {
  id: string;
  check_id: string;
  /** Counts the questions of its check from 1. */
  number: number;
  /** It can be answered from this moment on. */
  asked_at: Moment;
  /** The key of the question's texts, of its options in the order shown, as JSON, and of the right one. */
  question: string;
  options: JsonText;
  right_option: string;
  answered_at: Moment | null;
  /** The option chosen, and the session in which; an answer is a contact of that session. */
  answer: string | null;
  answered_in: string | null;
}

/** One player opened on one lesson. It ends where the learner's next one starts. */
export interface WatchSessionTable {
  id: string;
  person_id: string;
  enrollment_id: string;
  lesson_id: string;
  media_id: string;
  /** The length of the media it started with. */
  duration_ms: number;
  /** Counts the learner's sessions from 1. */
  number: number;
  started_at: Moment;
  ended_at: Moment | null;
  /** SHA-256 of the browser's device token; null for programs without one. Never shown. */
  device_hash: string | null;
  /** 1 where it is known what media had been served to the learner. */
  serving_known: Generated<Flag>;
}

/** Rebuildable from beats: how far the stored beats of one session reach, so that one in order needs no look back. */
export interface SessionTotalTable {
  session_id: string;
  /** The largest n with 1..n all stored. */
  ack_seq: number;
  last_seq: number;
  wall_to_ms: number;
  /** When it was in touch with the server, as JSON: [[fromAt, toAt], ...] */
  in_touch: JsonText;
}

/** Evidence as sent, append-only. Wall times are ms since the client's zero. */
export interface BeatTable {
  session_id: string;
  seq: number;
  wall_from_ms: number;
  wall_to_ms: number;
  media_from_ms: number;
  media_to_ms: number;
  visible: Flag;
  /** Server time of first arrival. */
  arrived_at: Moment;
}

/** A beat that overlapped or contradicted a stored one: kept as evidence, never credited. */
export interface RefusedBeatTable {
  session_id: string;
  seq: number;
  wall_from_ms: number;
  wall_to_ms: number;
  media_from_ms: number;
  media_to_ms: number;
  visible: Flag;
  arrived_at: Moment;
}

/** Rebuildable from beats and server facts: where one learner stands in one lesson of one class. */
export interface LessonTotalTable {
  enrollment_id: string;
  lesson_id: string;
  person_id: string;
  credited_ms: number;
  covered_ms: number;
  spent_ms: number;
  /** Coverage ranges as JSON: [[fromMs, toMs], ...] */
  coverage: JsonText;
  /** Absolute end of the last folded beat; an earlier one makes us fold again from the start. */
  folded_to_at: Moment;
  last_media_ms: number;
  last_studied_at: Moment;
  complete: Flag;
  /** The sum of the corrections that were decided; it stands beside the credit of the law. */
  corrected_ms: Generated<number>;
}

/** Rebuildable: the credit of one learner, class, lesson and day. All reports add these up. */
export interface LessonDayTable {
  enrollment_id: string;
  lesson_id: string;
  day: Day;
  credited_ms: number;
  spent_ms: number;
  /** The sum of the corrections that were decided for that day. */
  corrected_ms: Generated<number>;
}

/** Rebuildable: one learner's day over all lessons and classes; the daily cap is measured on it. */
export interface LearnerDayTable {
  person_id: string;
  day: Day;
  credited_ms: number;
  spent_ms: number;
  /** What of the spent time lies in classes that ask for presence. */
  presence_ms: number;
}

/** A learner's objection to how a lesson was counted; decided once. */
export interface AppealTable {
  id: string;
  enrollment_id: string;
  lesson_id: string;
  /** The day it is about, or null for the lesson as a whole. */
  day: Day | null;
  text: string;
  made_at: Moment;
  decided_at: Moment | null;
  decided_by: string | null;
  decision: 'accepted' | 'declined' | null;
  answer: string | null;
}

/**
 * A change of credit with author and reason, never altered. A decision is added to what the law credits; a recount
 * tells what other rules made of the credit of the law, which has it already.
 */
export interface CorrectionTable {
  id: string;
  enrollment_id: string;
  lesson_id: string;
  day: Day;
  /** Positive or negative. */
  ms: number;
  cause: 'decision' | 'recount';
  reason: string;
  decided_by: string;
  decided_at: Moment;
  appeal_id: string | null;
}
