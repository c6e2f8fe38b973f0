import type { Db, Trx } from '~db/client.server';
import { staffLoginName } from '../accounts/login-name';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { Conflict, Invalid } from '../shared/errors';
import { getManagedOrganization } from './managed-organization.server';
import { getManagedPerson } from './get-managed-person.server';

/**
 * Corrects a person's name, phone number, user name and, in one organization, staff number; an empty
 * one is taken away. Throws Conflict('account-of-other-organizations') where the account is not in the
 * viewer's reach, Invalid on the field whose login name is somebody else's, or when none would be left.
 */
export async function editPerson(
  db: Db,
  input: {
    personId: string;
    organizationId: string | undefined;
    name: string;
    phone?: string | undefined;
    userName?: string | undefined;
    staffNumber?: string | undefined;
    viewer: Viewer;
    now: number;
  },
): Promise<void> {
  const { personId, viewer, now } = input;
  const organization =
    input.organizationId === undefined
      ? undefined
      : await getManagedOrganization(db, viewer, input.organizationId);
  await db.transaction().execute(async (trx) => {
    const person = await getManagedPerson(trx, viewer, personId, now);
    if (!person.accountInReach) throw new Conflict('account-of-other-organizations');
    await trx.updateTable('person').set({ name: input.name }).where('id', '=', personId).execute();
    await setLogin(trx, personId, 'phone', '/phone', input.phone, null);
    await setLogin(trx, personId, 'user_name', '/userName', input.userName, null);
    if (organization) {
      const staff = input.staffNumber && staffLoginName(organization.shortCode, input.staffNumber);
      await setLogin(trx, personId, 'staff_number', '/staffNumber', staff, organization.id);
    }
    const left = await trx
      .selectFrom('login_name')
      .select('login_name')
      .where('person_id', '=', personId)
      .execute();
    if (left.length === 0) throw new Invalid([{ pointer: '/phone', message: 'no-login' }]);
    await recordAudit(trx, {
      at: now,
      actorId: viewer.personId,
      organizationId: organization?.id ?? null,
      action: 'edit-person',
      subjectType: 'person',
      subjectId: personId,
      detail: { from: person.name, to: input.name },
    });
  });
}

async function setLogin(
  trx: Trx,
  personId: string,
  kind: 'phone' | 'user_name' | 'staff_number',
  pointer: string,
  loginName: string | undefined,
  organizationId: string | null,
): Promise<void> {
  const taken =
    loginName &&
    (await trx
      .selectFrom('login_name')
      .select('person_id')
      .where('login_name', '=', loginName)
      .where('person_id', '!=', personId)
      .executeTakeFirst());
  if (taken) throw new Invalid([{ pointer, message: 'login-taken' }]);
  await trx
    .deleteFrom('login_name')
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .where('organization_id', organizationId === null ? 'is' : '=', organizationId)
    .execute();
  if (loginName)
    await trx
      .insertInto('login_name')
      .values({
        login_name: loginName,
        kind,
        person_id: personId,
        organization_id: organizationId,
      })
      .execute();
}
