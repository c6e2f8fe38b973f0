import type { Day, Flag, JsonText, Moment } from './columns';

export interface RuleSetTable {
  id: string;
  name: string;
  name_en: string;
}

/** A published version never changes. */
export interface RuleSetVersionTable {
  id: string;
  rule_set_id: string;
  version: number;
  published_at: Moment;
  minutes_per_class_hour: number;
  /** Thousandths: 1000 is 1.0x. */
  max_speed_milli: number;
  require_visible: Flag;
  daily_cap_ms: number | null;
  offline_allowance_ms: number;
  presence: JsonText | null;
}

export interface TrainingClassTable {
  id: string;
  organization_id: string;
  title: string;
  starts_on: Day;
  /** Included. */
  ends_on: Day;
  capacity: number;
  /** Tenths of a class hour. */
  required_tenths: number;
  rule_set_version_id: string;
  /** Learners may apply by themselves. */
  open_to_applications: Flag;
  created_by: string;
  created_at: Moment;
  version: number;
}

/** From this day on the class counts by another version; before the first by its own. The later decision of a day holds. */
export interface ClassRuleSetTable {
  id: string;
  class_id: string;
  from_day: Day;
  rule_set_version_id: string;
  reason: string;
  decided_by: string;
  decided_at: Moment;
}

export interface ClassCourseTable {
  class_id: string;
  course_id: string;
  course_version_id: string;
  position: number;
}

export type EnrollmentStatus = 'applied' | 'enrolled' | 'completed' | 'withdrawn';

/** One for a learner in a class, for ever; withdrawal and return are dated in enrollment_status. */
export interface EnrollmentTable {
  id: string;
  class_id: string;
  person_id: string;
  status: EnrollmentStatus;
  created_at: Moment;
}

export interface EnrollmentStatusTable {
  id: string;
  enrollment_id: string;
  status: EnrollmentStatus;
  from_at: Moment;
  by_person_id: string | null;
}

export interface ArticleReadingTable {
  enrollment_id: string;
  lesson_id: string;
  read_at: Moment;
}

export interface MessageTable {
  id: string;
  class_id: string;
  sent_by: string;
  body: string;
  sent_at: Moment;
  /** The appeal that was answered, or the correction that was made, where the message tells of one. */
  appeal_id: string | null;
  correction_id: string | null;
}

export interface MessageRecipientTable {
  message_id: string;
  person_id: string;
  read_at: Moment | null;
}
