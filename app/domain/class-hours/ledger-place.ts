/** By what the roll-ups add up one lesson's days of one learner. */
export interface LedgerPlace {
  personId: string;
  classId: string;
  organizationId: string;
  producerId: string;
  minutesPerClassHour: number;
}

/** A place where learner_month has the learner in that month, so that nobody need look. */
export interface KnownPlace extends LedgerPlace {
  /** YYYY-MM */
  month: string;
}
