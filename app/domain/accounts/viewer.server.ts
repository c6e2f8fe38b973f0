import type { Db } from '~db/client.server';
import { prepareQuery } from '~db/prepared-query';
import type { OrganizationKind, Role } from '~db/tables/organizations';

/** The signed-in person with the roles they hold now; read anew for every request. */
export interface Viewer {
  personId: string;
  name: string;
  locale: 'zh' | 'en';
  memberships: {
    organizationId: string;
    role: Role;
    name: string;
    mark: string;
    kind: OrganizationKind;
  }[];
  /** A bureau administrator: reaches every organization. */
  administrator: boolean;
  /** Still has to choose a password or consent to the privacy text. */
  mustFinishSignUp: boolean;
}

/** The person with their current roles, or undefined when there is none or the account is disabled. */
export async function findViewer(
  db: Db,
  personId: string,
  privacyVersion: string,
): Promise<Viewer | undefined> {
  const [[person], memberships] = await Promise.all([
    findPerson(db, { personId, privacyVersion }),
    listMemberships(db, { personId }),
  ]);
  if (!person) return undefined;
  return {
    personId,
    name: person.name,
    locale: person.locale,
    memberships,
    administrator: person.administrator_since !== null,
    mustFinishSignUp: person.password_hash === null || person.given_at === null,
  };
}

const findPerson = prepareQuery((db, asked: { personId: string; privacyVersion: string }) =>
  db
    .selectFrom('person')
    .leftJoin('bureau_administrator', (join) =>
      join
        .onRef('bureau_administrator.person_id', '=', 'person.id')
        .on('bureau_administrator.ended_at', 'is', null),
    )
    .leftJoin('consent', (join) =>
      join
        .onRef('consent.person_id', '=', 'person.id')
        .on('consent.version', '=', asked.privacyVersion),
    )
    .select([
      'person.name',
      'person.locale',
      'person.password_hash',
      'bureau_administrator.granted_at as administrator_since',
      'consent.given_at',
    ])
    .where('person.id', '=', asked.personId)
    .where('person.disabled_at', 'is', null),
);

const listMemberships = prepareQuery((db, asked: { personId: string }) =>
  db
    .selectFrom('membership')
    .innerJoin('organization', 'organization.id', 'membership.organization_id')
    .select([
      'membership.organization_id as organizationId',
      'membership.role',
      'organization.name',
      'organization.mark',
      'organization.kind',
    ])
    .where('membership.person_id', '=', asked.personId)
    .where('membership.ended_at', 'is', null)
    .orderBy('membership.id'),
);
