import type { Day, Moment } from './columns';

/** A switch of a class to another version from a day on: asked for as a what-if, then perhaps decided. */
export interface RecountTable {
  /** Once decided, also the id of its row in class_rule_set. */
  id: string;
  class_id: string;
  from_day: Day;
  rule_set_version_id: string;
  asked_by: string;
  asked_at: Moment;
  /** Whoever has studied in the class since that day, when it began. */
  learners: number;
  /** How many of them are done, of the what-if and then of the recount. */
  counted: number;
  /** The one done last, in order of their ids; empty before the first. */
  last_person_id: string;
  /** When the what-if was whole. */
  previewed_at: Moment | null;
  /** When it was decided: the class counts by it, and learners are counted anew one after another. */
  applied_at: Moment | null;
  /** When the last learner was counted anew. */
  finished_at: Moment | null;
}

/** What a recount makes of one learner; once applied, made of them. */
export interface RecountLearnerTable {
  recount_id: string;
  person_id: string;
  enrollment_id: string;
  /** Credit in the class under the rules before and after. */
  before_ms: number;
  after_ms: number;
  /** How much their credit in other classes changes, where a day's cap ties them together. */
  elsewhere_ms: number;
  applied_at: Moment | null;
}
