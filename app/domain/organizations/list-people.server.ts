import { sql } from 'kysely';
import type { Db } from '~db/client.server';
import type { Role } from '~db/tables/organizations';
import { inChunks } from '../shared/in-chunks';

export interface PeopleFilter {
  /** Undefined: the people of all organizations, and those of none (bureau administrators only). */
  organizationId: string | undefined;
  /** Part of the name or of a login name. */
  search: string;
  role: Role | undefined;
  state: 'active' | 'not-signed-up' | 'disabled' | undefined;
  /** The last id of the page before. */
  after: string | undefined;
  limit: number;
}

export interface PersonRow {
  id: string;
  name: string;
  disabled: boolean;
  signedUp: boolean;
  logins: string[];
  roles: { role: Role; organizationId: string }[];
}

/** The people of an organization, newest first; `next` continues the list. */
export async function listPeople(
  db: Db,
  filter: PeopleFilter,
): Promise<{ rows: PersonRow[]; next: string | undefined }> {
  const { organizationId, role, state, after } = filter;
  const pattern = `%${filter.search
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')}%`;
  const people = await db
    .selectFrom('person')
    .select(['person.id', 'person.name', 'person.disabled_at', 'person.password_hash'])
    .$if(organizationId !== undefined || role !== undefined, (query) =>
      query.where((eb) =>
        eb.exists(
          eb
            .selectFrom('membership')
            .select('membership.id')
            .whereRef('membership.person_id', '=', 'person.id')
            .where('membership.ended_at', 'is', null)
            .$if(organizationId !== undefined, (inner) =>
              inner.where('membership.organization_id', '=', organizationId ?? ''),
            )
            .$if(role !== undefined, (inner) =>
              inner.where('membership.role', '=', role ?? 'learner'),
            ),
        ),
      ),
    )
    .$if(filter.search.trim() !== '', (query) =>
      query.where((eb) =>
        eb.or([
          sql<boolean>`lower(person.name) like ${pattern} escape '\\'`,
          eb.exists(
            eb
              .selectFrom('login_name')
              .select('login_name.login_name')
              .whereRef('login_name.person_id', '=', 'person.id')
              .where(sql<boolean>`login_name.login_name like ${pattern} escape '\\'`),
          ),
        ]),
      ),
    )
    .$if(state === 'disabled', (query) => query.where('person.disabled_at', 'is not', null))
    .$if(state === 'active' || state === 'not-signed-up', (query) =>
      query.where('person.disabled_at', 'is', null),
    )
    .$if(state === 'not-signed-up', (query) => query.where('person.password_hash', 'is', null))
    .$if(state === 'active', (query) => query.where('person.password_hash', 'is not', null))
    .$if(after !== undefined, (query) => query.where('person.id', '<', after ?? ''))
    .orderBy('person.id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  const page = people.slice(0, filter.limit);
  const ids = page.map((person) => person.id);
  const [logins, roles] = await Promise.all([
    readLogins(db, ids, organizationId),
    readRoles(db, ids, organizationId),
  ]);
  return {
    rows: page.map((person) => ({
      id: person.id,
      name: person.name,
      disabled: person.disabled_at !== null,
      signedUp: person.password_hash !== null,
      logins: logins.filter((row) => row.person_id === person.id).map((row) => row.login_name),
      roles: roles
        .filter((row) => row.person_id === person.id)
        .map((row) => ({ role: row.role, organizationId: row.organization_id })),
    })),
    next: people.length > filter.limit ? page.at(-1)?.id : undefined,
  };
}

async function readLogins(db: Db, ids: string[], organizationId: string | undefined) {
  const rows = [];
  for (const some of inChunks(ids, 200))
    rows.push(
      ...(await db
        .selectFrom('login_name')
        .select(['person_id', 'login_name'])
        .where('person_id', 'in', some)
        .$if(organizationId !== undefined, (query) =>
          query.where((eb) =>
            eb.or([
              eb('organization_id', 'is', null),
              eb('organization_id', '=', organizationId ?? ''),
            ]),
          ),
        )
        .orderBy('kind')
        .orderBy('login_name')
        .execute()),
    );
  return rows;
}

async function readRoles(db: Db, ids: string[], organizationId: string | undefined) {
  const rows = [];
  for (const some of inChunks(ids, 200))
    rows.push(
      ...(await db
        .selectFrom('membership')
        .select(['person_id', 'role', 'organization_id'])
        .where('person_id', 'in', some)
        .where('ended_at', 'is', null)
        .$if(organizationId !== undefined, (query) =>
          query.where('organization_id', '=', organizationId ?? ''),
        )
        .orderBy('id')
        .execute()),
    );
  return rows;
}
