import type { Day, Flag, JsonText, Moment } from './columns';

/** One row a learner: the lock under which their sessions are numbered and their moments never run back. */
export interface LearnerStreamTable {
  person_id: string;
  last_number: number;
  last_at: Moment;
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
}

/** Rebuildable from beats: how far the stored beats of one session reach, so that one in order needs no look back. */
export interface SessionTotalTable {
  session_id: string;
  /** The largest n with 1..n all stored. */
  ack_seq: number;
  last_seq: number;
  wall_to_ms: number;
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
}

/** Rebuildable: the credit of one learner, class, lesson and day. All reports add these up. */
export interface LessonDayTable {
  enrollment_id: string;
  lesson_id: string;
  day: Day;
  credited_ms: number;
  spent_ms: number;
}
