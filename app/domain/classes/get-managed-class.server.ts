import type { Db } from '~db/client.server';
import type { OrganizationKind } from '~db/tables/organizations';
import { canManage, holdsRole } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';
import { Forbidden, NotFound } from '../shared/errors';

export interface ManagedClass {
  id: string;
  organizationId: string;
  organizationName: string;
  organizationMark: string;
  organizationKind: OrganizationKind;
  title: string;
  startsOn: string;
  endsOn: string;
  capacity: number;
  requiredTenths: number;
  ruleSetVersionId: string;
  ruleSetName: string;
  ruleSetNameEn: string;
  ruleSetVersion: number;
  minutesPerClassHour: number;
  openToApplications: boolean;
  version: number;
}

/**
 * A class its manager or a bureau administrator may manage. Throws Forbidden for others of its organization
 * and for its own learners, NotFound for everybody else.
 */
export async function getManagedClass(
  db: Db,
  viewer: Viewer,
  classId: string,
): Promise<ManagedClass> {
  const row = await db
    .selectFrom('training_class')
    .innerJoin('organization', 'organization.id', 'training_class.organization_id')
    .innerJoin('rule_set_version', 'rule_set_version.id', 'training_class.rule_set_version_id')
    .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
    .select((eb) => [
      'training_class.id',
      'training_class.organization_id as organizationId',
      'organization.name as organizationName',
      'organization.mark as organizationMark',
      'organization.kind as organizationKind',
      'training_class.title',
      'training_class.starts_on as startsOn',
      'training_class.ends_on as endsOn',
      'training_class.capacity',
      'training_class.required_tenths as requiredTenths',
      'training_class.rule_set_version_id as ruleSetVersionId',
      'rule_set.name as ruleSetName',
      'rule_set.name_en as ruleSetNameEn',
      'rule_set_version.version as ruleSetVersion',
      'rule_set_version.minutes_per_class_hour as minutesPerClassHour',
      'training_class.open_to_applications',
      'training_class.version',
      eb
        .selectFrom('enrollment')
        .select('enrollment.id')
        .whereRef('enrollment.class_id', '=', 'training_class.id')
        .where('enrollment.person_id', '=', viewer.personId)
        .as('own_enrollment'),
    ])
    .where('training_class.id', '=', classId)
    .executeTakeFirst();
  if (!row) throw new NotFound();
  const { own_enrollment, open_to_applications, ...found } = row;
  if (!canManage(viewer, found.organizationId)) {
    if (holdsRole(viewer, found.organizationId) || own_enrollment !== null) throw new Forbidden();
    throw new NotFound();
  }
  return { ...found, openToApplications: open_to_applications === 1 };
}
