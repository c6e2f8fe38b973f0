import type { Db, Trx } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import { Conflict, Invalid } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { loginSchema } from './account-forms';
import { findPhone, personNameSchema } from './login-name';
import { issueStartCodes } from './start-code.server';

/**
 * Makes a bureau administrator of the person with this phone number or user name; a new person gets
 * a start code, as does one who has no password yet. Throws Invalid for a login or name that cannot
 * be one, Conflict('login-of-another-name') when the login is somebody else's.
 */
export async function createAdministrator(
  db: Db,
  input: { name: string; login: string; now: number },
): Promise<{ personId: string; startCode: string | undefined }> {
  const name = personNameSchema.safeParse(input.name);
  const login = loginSchema.safeParse(input.login);
  if (!name.success) throw new Invalid([{ pointer: '/name', message: 'name' }]);
  if (!login.success) throw new Invalid([{ pointer: '/login', message: 'login' }]);
  return db.transaction().execute(async (trx) => {
    const known = await findByLogin(trx, login.data);
    if (known && (known.name !== name.data || known.disabled_at !== null))
      throw new Conflict('login-of-another-name');
    const personId =
      known?.id ??
      (await insertPerson(trx, { name: name.data, login: login.data, now: input.now }));
    await grantAdministration(trx, { personId, byPersonId: null, now: input.now });
    if (known?.password_hash) return { personId, startCode: undefined };
    const codes = await issueStartCodes(trx, {
      personIds: [personId],
      byPersonId: null,
      now: input.now,
    });
    return { personId, startCode: codes.get(personId) };
  });
}

function findByLogin(trx: Trx, login: string) {
  return trx
    .selectFrom('login_name')
    .innerJoin('person', 'person.id', 'login_name.person_id')
    .select(['person.id', 'person.name', 'person.password_hash', 'person.disabled_at'])
    .where('login_name.login_name', '=', login)
    .executeTakeFirst();
}

/** A new person with one login name. */
export async function insertPerson(
  trx: Trx,
  input: { name: string; login: string; now: number },
): Promise<string> {
  const personId = newId();
  await trx
    .insertInto('person')
    .values({ id: personId, name: input.name, locale: 'zh', created_at: input.now })
    .execute();
  await trx
    .insertInto('login_name')
    .values({
      login_name: input.login,
      kind: findPhone(input.login) ? 'phone' : 'user_name',
      person_id: personId,
    })
    .execute();
  return personId;
}

/** Makes the person a bureau administrator (again), with its audit row; their sessions get new ids. */
export async function grantAdministration(
  trx: Trx,
  input: { personId: string; byPersonId: string | null; now: number },
): Promise<void> {
  const granted = { granted_by: input.byPersonId, granted_at: input.now, ended_at: null };
  await trx
    .insertInto('bureau_administrator')
    .values({ person_id: input.personId, ...granted })
    .onConflict((oc) => oc.column('person_id').doUpdateSet(granted))
    .execute();
  await trx
    .updateTable('person')
    .set({ roles_changed_at: input.now })
    .where('id', '=', input.personId)
    .execute();
  await recordAudit(trx, {
    at: input.now,
    actorId: input.byPersonId,
    organizationId: null,
    action: 'grant-administration',
    subjectType: 'person',
    subjectId: input.personId,
  });
}
