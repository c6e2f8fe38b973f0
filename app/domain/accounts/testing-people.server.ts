import type { Db } from '~db/client.server';
import type { OrganizationKind, Role } from '~db/tables/organizations';
import { hashPassword } from '~/infra/password-hash.server';
import { newId } from '../shared/new-id.server';
import { normalizeLoginName } from './login-name';

/** For tests: a person who has signed up, with one login name. */
export async function givenPerson(
  db: Db,
  input: { name: string; login: string; password?: string; now?: number },
): Promise<string> {
  const id = newId();
  const login = normalizeLoginName(input.login);
  await db
    .insertInto('person')
    .values({
      id,
      name: input.name,
      locale: 'zh',
      created_at: input.now ?? 0,
      password_hash: input.password === undefined ? null : await hashPassword(input.password),
    })
    .execute();
  const kind = /^1\d{10}$/.test(login) ? 'phone' : 'user_name';
  await db.insertInto('login_name').values({ login_name: login, kind, person_id: id }).execute();
  return id;
}

/** For tests: an organization. */
export async function givenOrganization(
  db: Db,
  input: { name: string; shortCode: string; kind?: OrganizationKind },
): Promise<string> {
  const id = newId();
  await db
    .insertInto('organization')
    .values({
      id,
      kind: input.kind ?? 'enterprise',
      name: input.name,
      mark: input.name.slice(0, 1),
      short_code: input.shortCode,
      created_at: 0,
    })
    .execute();
  return id;
}

/** For tests: a role of a person in an organization. */
export async function givenRole(
  db: Db,
  organizationId: string,
  personId: string,
  role: Role,
): Promise<void> {
  await db
    .insertInto('membership')
    .values({
      id: newId(),
      organization_id: organizationId,
      person_id: personId,
      role,
      granted_at: 0,
    })
    .execute();
}
