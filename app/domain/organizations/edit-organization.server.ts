import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { Forbidden, NotFound } from '../shared/errors';
import { requireFreeShortCode } from './create-organization.server';
import type { OrganizationInput } from './organization-form';

/**
 * Changes an organization; bureau administrators only. A new short code moves the staff numbers'
 * login names along. Throws Invalid on `/shortCode` when it is taken.
 */
export async function editOrganization(
  db: Db,
  input: OrganizationInput & { organizationId: string; viewer: Viewer; now: number },
): Promise<void> {
  if (!input.viewer.administrator) throw new Forbidden();
  const { organizationId: id, now } = input;
  await db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('organization')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (!before) throw new NotFound();
    await requireFreeShortCode(trx, input.shortCode, id);
    await trx
      .updateTable('organization')
      .set({
        kind: input.kind,
        name: input.name,
        mark: input.mark,
        short_code: input.shortCode,
      })
      .where('id', '=', id)
      .execute();
    if (before.short_code !== input.shortCode) {
      const names = await trx
        .selectFrom('login_name')
        .select('login_name')
        .where('organization_id', '=', id)
        .where('kind', '=', 'staff_number')
        .execute();
      for (const { login_name } of names)
        await trx
          .updateTable('login_name')
          .set({ login_name: `${input.shortCode}${login_name.slice(before.short_code.length)}` })
          .where('login_name', '=', login_name)
          .execute();
    }
    await recordAudit(trx, {
      at: now,
      actorId: input.viewer.personId,
      organizationId: id,
      action: 'edit-organization',
      subjectType: 'organization',
      subjectId: id,
      detail: {
        from: { name: before.name, kind: before.kind, shortCode: before.short_code },
        to: { name: input.name, kind: input.kind, shortCode: input.shortCode },
      },
    });
  });
}
