import type { Db, Trx } from '~db/client.server';
import { canManage, holdsRole } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';
import { Forbidden, NotFound } from '../shared/errors';
import type { OrganizationRow } from './list-organizations.server';

/** The organization when this person manages it; NotFound for outsiders, Forbidden for insiders. */
export async function getManagedOrganization(
  db: Db | Trx,
  viewer: Viewer,
  organizationId: string,
): Promise<OrganizationRow> {
  if (!canManage(viewer, organizationId)) {
    throw holdsRole(viewer, organizationId) ? new Forbidden() : new NotFound();
  }
  const organization = await db
    .selectFrom('organization')
    .select(['id', 'kind', 'name', 'mark', 'short_code as shortCode'])
    .where('id', '=', organizationId)
    .executeTakeFirst();
  if (!organization) throw new NotFound();
  return organization;
}
