import type { Db, Trx } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { Forbidden, Invalid } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import type { OrganizationInput } from './organization-form';

/** Adds an organization; bureau administrators only. Throws Invalid on `/shortCode` when it is taken. */
export async function createOrganization(
  db: Db,
  input: OrganizationInput & { viewer: Viewer; now: number },
): Promise<string> {
  if (!input.viewer.administrator) throw new Forbidden();
  return db
    .transaction()
    .execute((trx) => insertOrganization(trx, { ...input, byPersonId: input.viewer.personId }));
}

/** The rows of a new organization and its audit entry. */
export async function insertOrganization(
  trx: Trx,
  input: OrganizationInput & { byPersonId: string; now: number },
): Promise<string> {
  await requireFreeShortCode(trx, input.shortCode);
  const id = newId();
  await trx
    .insertInto('organization')
    .values({
      id,
      kind: input.kind,
      name: input.name,
      mark: input.mark,
      short_code: input.shortCode,
      created_at: input.now,
    })
    .execute();
  await recordAudit(trx, {
    at: input.now,
    actorId: input.byPersonId,
    organizationId: id,
    action: 'create-organization',
    subjectType: 'organization',
    subjectId: id,
    detail: { name: input.name, kind: input.kind, shortCode: input.shortCode },
  });
  return id;
}

/** Throws Invalid when another organization has the short code. */
export async function requireFreeShortCode(
  trx: Trx,
  shortCode: string,
  exceptId = '',
): Promise<void> {
  const taken = await trx
    .selectFrom('organization')
    .select('id')
    .where('short_code', '=', shortCode)
    .where('id', '!=', exceptId)
    .executeTakeFirst();
  if (taken) throw new Invalid([{ pointer: '/shortCode', message: 'short-code-taken' }]);
}
