import type { Db } from '~db/client.server';
import type { OrganizationKind } from '~db/tables/organizations';
import { organizationsAs } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';

export interface OrganizationRow {
  id: string;
  kind: OrganizationKind;
  name: string;
  mark: string;
  shortCode: string;
}

/** The organizations whose people this person manages: for bureau administrators all. Oldest first. */
export function listManagedOrganizations(db: Db, viewer: Viewer): Promise<OrganizationRow[]> {
  const ids = organizationsAs(viewer, 'manager');
  return db
    .selectFrom('organization')
    .select(['id', 'kind', 'name', 'mark', 'short_code as shortCode'])
    .$if(!viewer.administrator, (query) => query.where('id', 'in', ids.length > 0 ? ids : ['']))
    .orderBy('id')
    .execute();
}

/** Every organization with the number of people who hold a role in it now. Oldest first. */
export async function listOrganizationsWithPeople(
  db: Db,
): Promise<(OrganizationRow & { people: number })[]> {
  return db
    .selectFrom('organization')
    .leftJoin('membership', (join) =>
      join
        .onRef('membership.organization_id', '=', 'organization.id')
        .on('membership.ended_at', 'is', null),
    )
    .select((eb) => [
      'organization.id',
      'organization.kind',
      'organization.name',
      'organization.mark',
      'organization.short_code as shortCode',
      eb.fn.count<number>('membership.person_id').distinct().as('people'),
    ])
    .groupBy([
      'organization.id',
      'organization.kind',
      'organization.name',
      'organization.mark',
      'organization.short_code',
    ])
    .orderBy('organization.id')
    .execute();
}
