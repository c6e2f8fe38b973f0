import type { OrganizationKind } from '~db/tables/organizations';
import type { ClassState } from './class-state';

/** One class in its manager's list. */
export interface ManagedClassRow {
  id: string;
  title: string;
  organizationId: string;
  organizationName: string;
  organizationMark: string;
  organizationKind: OrganizationKind;
  state: ClassState;
  startsOn: string;
  endsOn: string;
  capacity: number;
  requiredClassHours: number;
  learners: number;
  completed: number;
  applications: number;
  /** That wait for an answer. */
  appeals: number;
}
