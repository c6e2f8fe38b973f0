import type { Day } from './columns';

/** Rebuildable: the credit of all learners of one class on one day. */
export interface ClassDayTable {
  class_id: string;
  day: Day;
  credited_ms: number;
  spent_ms: number;
}

/**
 * Rebuildable: one organization's day; in `organization_day` over the classes it runs, in `producer_day` over the
 * lessons it produces. Classes whose class hours differ in length stand apart, for a total adds their quotients.
 */
export interface OrganizationDayTable {
  organization_id: string;
  minutes_per_class_hour: number;
  day: Day;
  credited_ms: number;
  spent_ms: number;
}

/** Whose an hour is: the organization's that runs the class, or the one's that produced the lesson. */
export type LedgerPart = 'organization' | 'producer';

/** Rebuildable: a learner was credited something there in that month (`2026-11`). */
export interface LearnerMonthTable {
  person_id: string;
  part: LedgerPart;
  organization_id: string;
  month: string;
}

/** Rebuildable: how many people learner_month names; '' is all organizations, or all months. */
export interface LearnerCountTable {
  part: LedgerPart;
  organization_id: string;
  month: string;
  learners: number;
}
