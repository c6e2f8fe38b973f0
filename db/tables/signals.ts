import type { Day, JsonText, Moment } from './columns';

/** Which media were ever served to whom: written at the first playlist or segment. */
export interface MediaServingTable {
  person_id: string;
  media_id: string;
  first_at: Moment;
}

/** Rebuildable from beats: what the beats of one session look like as a whole. */
export interface SessionTraitTable {
  session_id: string;
  /** What of the session's total was seen when the beats were read; another total calls for another reading. */
  seen: string;
  /** The end of the last beat, ms since the session's zero. */
  wall_to_ms: number;
  /** The longest run of beats without variance, as JSON, or null. */
  even: JsonText | null;
  /** Time played between midnight and five, as JSON: [[day, fromAt, toAt, ms], ...] */
  nights: JsonText;
}

/** Rebuildable: up to which moment of a learner's evidence their signals are drawn, and when that was done. */
export interface SignalScanTable {
  person_id: string;
  seen_to_at: Moment;
  scanned_at: Moment;
}

/** Rebuildable from stored evidence: something in a class that is worth a look. Its id is a hash of what it is about. */
export interface SignalTable {
  id: string;
  class_id: string;
  enrollment_id: string;
  kind: string;
  day: Day;
  /** How much of it there is, in the kind's own unit; grows as evidence arrives. */
  measure: number;
  evidence: JsonText;
}

/** That somebody looked at a signal, how it stood then, and what they found. Append-only. */
export interface SignalNoteTable {
  id: string;
  signal_id: string;
  enrollment_id: string;
  measure: number;
  evidence: JsonText;
  found: string;
  noted_by: string;
  noted_at: Moment;
}
