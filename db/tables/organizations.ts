import type { JsonText, Moment } from './columns';

export type OrganizationKind =
  | 'technicianCollege'
  | 'seniorTechnicalSchool'
  | 'technicalSchool'
  | 'enterprise'
  | 'researchInstitute'
  | 'trainingProvider'
  | 'bureau';

export type Role = 'learner' | 'instructor' | 'mentor' | 'manager';

export interface OrganizationTable {
  id: string;
  kind: OrganizationKind;
  name: string;
  /** The one character on the organization's mark. */
  mark: string;
  /** Lower case; staff numbers are signed in with as code/number. */
  short_code: string;
  created_at: Moment;
}

/** One role of one person in one organization; ended, never deleted. */
export interface MembershipTable {
  id: string;
  organization_id: string;
  person_id: string;
  role: Role;
  granted_by: string | null;
  granted_at: Moment;
  ended_at: Moment | null;
}

export interface BureauAdministratorTable {
  person_id: string;
  granted_by: string | null;
  granted_at: Moment;
  ended_at: Moment | null;
}

/** An uploaded roster between its dry run and its import; personal data, so it is gone after a day. */
export interface RosterDraftTable {
  id: string;
  organization_id: string;
  /** The class its people are enrolled in, if any. */
  class_id: string | null;
  by_person_id: string;
  file_name: string;
  rows: JsonText;
  created_at: Moment;
  expires_at: Moment;
  imported_at: Moment | null;
}
