import { newId } from '~/domain/shared/new-id.server';
import { privacy } from '~/i18n/privacy';
import type { Trx } from '../client.server';
import { castOrganizations, castPeople, type OrganizationKey } from './cast';

export interface SeededPeople {
  organizations: Record<OrganizationKey, string>;
  /** Person ids by login. */
  people: Record<string, string>;
}

/** Inserts the cast's organizations and people, who have consented already. */
export async function seedPeople(
  trx: Trx,
  passwordHash: string,
  now: number,
): Promise<SeededPeople> {
  const organizations = Object.fromEntries(
    castOrganizations.map((o) => [o.key, newId()]),
  ) as Record<OrganizationKey, string>;
  const people = Object.fromEntries(castPeople.map((p) => [p.login, newId()]));
  const id = (login: string) => people[login] ?? '';

  await trx
    .insertInto('organization')
    .values(
      castOrganizations.map((o) => ({
        id: organizations[o.key],
        kind: o.kind,
        name: o.name,
        mark: o.mark,
        short_code: o.shortCode,
        created_at: now,
      })),
    )
    .execute();
  await trx
    .insertInto('person')
    .values(
      castPeople.map((p) => ({
        id: id(p.login),
        name: p.name,
        password_hash: passwordHash,
        password_set_at: now,
        locale: 'zh' as const,
        created_at: now,
        disabled_at: null,
      })),
    )
    .execute();
  await trx
    .insertInto('consent')
    .values(
      castPeople.map((p) => ({
        person_id: id(p.login),
        version: privacy.version,
        given_at: now,
      })),
    )
    .execute();
  await trx.insertInto('login_name').values(castPeople.flatMap(loginNames)).execute();
  await trx
    .insertInto('membership')
    .values(
      castPeople.flatMap((p) =>
        p.roles.map((r) => ({
          id: newId(),
          organization_id: organizations[r.organization],
          person_id: id(p.login),
          role: r.role,
          granted_by: null,
          granted_at: now,
          ended_at: null,
        })),
      ),
    )
    .execute();
  await trx
    .insertInto('bureau_administrator')
    .values(
      castPeople
        .filter((p) => p.administrator)
        .map((p) => ({
          person_id: id(p.login),
          granted_by: null,
          granted_at: now,
          ended_at: null,
        })),
    )
    .execute();
  return { organizations, people };

  function loginNames(person: (typeof castPeople)[number]) {
    const person_id = id(person.login);
    const employer = person.roles[0]?.organization;
    const names: {
      login_name: string;
      kind: 'user_name' | 'phone' | 'staff_number';
      person_id: string;
      organization_id: string | null;
    }[] = [{ login_name: person.login, kind: 'user_name', person_id, organization_id: null }];
    if (person.phone) {
      names.push({ login_name: person.phone, kind: 'phone', person_id, organization_id: null });
    }
    const code = castOrganizations.find((o) => o.key === employer)?.shortCode;
    if (person.staffNumber && employer && code) {
      names.push({
        login_name: `${code}/${person.staffNumber}`,
        kind: 'staff_number',
        person_id,
        organization_id: organizations[employer],
      });
    }
    return names;
  }
}
