import type { Day, JsonText, Moment } from './columns';

/** All that arrived on one day of the platform, chained to the day before. Never changes. */
export interface SealTable {
  day: Day;
  from_at: Moment;
  /** Not included. */
  to_at: Moment;
  previous_hash: string;
  /** How many records of each kind arrived, as JSON. */
  counts: JsonText;
  leaf_count: number;
  /** The root of the hash tree over the day's leaves. */
  root: string;
  hash: string;
  sealed_at: Moment;
}

/** What arrived of one learner or class on one day. Rebuildable while the evidence is as it was sealed. */
export interface SealLeafTable {
  day: Day;
  /** `person:ID` or `class:ID`. */
  owner: string;
  hash: string;
  line_count: number;
  /** Eight characters a line, by which an altered one is found. */
  marks: string;
}

/** A class's days up to a day, closed: what was credited then stays written, what changes later is adjusted. */
export interface SettlementTable {
  id: string;
  class_id: string;
  /** Counts the class's settlements from 1. */
  number: number;
  from_day: Day;
  /** Included. */
  to_day: Day;
  /** What a class hour was when it was settled. */
  minutes_per_class_hour: number;
  settled_by: string;
  settled_at: Moment;
  note: string;
}

export interface SettlementLineTable {
  settlement_id: string;
  enrollment_id: string;
  /** Of the settlement's own days, as they stood. */
  credited_ms: number;
  /** What changed since for the days before, below zero where credit was taken back. */
  adjustment_ms: number;
}
