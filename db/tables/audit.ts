import type { JsonText, Moment } from './columns';

export interface AuditEntryTable {
  id: string;
  at: Moment;
  /** Null: the platform itself, such as npm run admin:create. */
  actor_id: string | null;
  /** The organization in whose name or reach it was done. */
  organization_id: string | null;
  /** verb-noun, such as enroll-learner. */
  action: string;
  subject_type: string;
  subject_id: string;
  /** What changed; no secrets, no personal data beyond names. */
  detail: JsonText;
}
