import type { Db } from '~db/client.server';
import type { Role } from '~db/tables/organizations';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { Conflict, NotFound } from '../shared/errors';
import { grantRoles, lockOrganization } from './add-people.server';
import { getManagedOrganization } from './managed-organization.server';

/**
 * Gives a person exactly these roles in an organization the viewer manages; none removes them from
 * it. One audit row for each role given or ended; their sessions get new ids. Throws NotFound for
 * somebody who never belonged to it, Conflict('own-manager-role') for a manager who would lock
 * themselves out.
 */
export async function changeRoles(
  db: Db,
  input: {
    organizationId: string;
    personId: string;
    roles: Role[];
    viewer: Viewer;
    now: number;
  },
): Promise<void> {
  const { organizationId, personId, viewer, now } = input;
  await getManagedOrganization(db, viewer, organizationId);
  await db.transaction().execute(async (trx) => {
    await lockOrganization(trx, organizationId);
    const past = await trx
      .selectFrom('membership')
      .select(['role', 'ended_at'])
      .where('organization_id', '=', organizationId)
      .where('person_id', '=', personId)
      .execute();
    if (past.length === 0) throw new NotFound();
    const held = past.filter((row) => row.ended_at === null).map((row) => row.role);
    const given = [...new Set(input.roles)].filter((role) => !held.includes(role));
    const ended = held.filter((role) => !input.roles.includes(role));
    if (ended.includes('manager') && personId === viewer.personId && !viewer.administrator)
      throw new Conflict('own-manager-role');
    if (given.length + ended.length === 0) return;
    await grantRoles(trx, {
      organizationId,
      grants: [{ personId, roles: given }],
      byPersonId: viewer.personId,
      now,
    });
    if (ended.length > 0) {
      await trx
        .updateTable('membership')
        .set({ ended_at: now })
        .where('organization_id', '=', organizationId)
        .where('person_id', '=', personId)
        .where('role', 'in', ended)
        .where('ended_at', 'is', null)
        .execute();
      await trx
        .updateTable('person')
        .set({ roles_changed_at: now })
        .where('id', '=', personId)
        .execute();
    }
    const changes = [
      ...given.map((role) => ({ action: 'grant-role', role })),
      ...ended.map((role) => ({ action: 'end-role', role })),
    ];
    for (const { action, role } of changes)
      await recordAudit(trx, {
        at: now,
        actorId: viewer.personId,
        organizationId,
        action,
        subjectType: 'person',
        subjectId: personId,
        detail: { role },
      });
  });
}
