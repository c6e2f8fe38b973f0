import type { Db, Trx } from '~db/client.server';
import type { Role } from '~db/tables/organizations';
import { canManage, holdsRole } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';
import { Forbidden, NotFound } from '../shared/errors';

export interface ManagedPerson {
  id: string;
  name: string;
  createdAt: number;
  disabledAt: number | null;
  /** Has chosen a password. */
  signedUp: boolean;
  /** The open start code's end, if there is one. */
  startCodeUntil: number | null;
  administrator: boolean;
  logins: { loginName: string; kind: 'phone' | 'user_name' | 'staff_number' }[];
  /** In the organizations the viewer manages; ended ones have no roles. */
  organizations: { id: string; roles: Role[] }[];
  /**
   * The viewer may disable the account and issue start codes: bureau administrators, and managers of
   * every organization the person belongs to. Otherwise a manager who links somebody by phone number
   * could take over their account elsewhere.
   */
  accountInReach: boolean;
}

/** A person of an organization the viewer manages; NotFound for outsiders, Forbidden for colleagues. */
export async function getManagedPerson(
  db: Db | Trx,
  viewer: Viewer,
  personId: string,
  now: number,
): Promise<ManagedPerson> {
  const memberships = await db
    .selectFrom('membership')
    .select(['organization_id', 'role', 'ended_at'])
    .where('person_id', '=', personId)
    .orderBy('id')
    .execute();
  const managed = memberships.filter((m) => canManage(viewer, m.organization_id));
  if (managed.length === 0 && !viewer.administrator) {
    throw memberships.some((m) => holdsRole(viewer, m.organization_id))
      ? new Forbidden()
      : new NotFound();
  }
  const person = await db
    .selectFrom('person')
    .leftJoin('bureau_administrator', (join) =>
      join
        .onRef('bureau_administrator.person_id', '=', 'person.id')
        .on('bureau_administrator.ended_at', 'is', null),
    )
    .select([
      'person.id',
      'person.name',
      'person.created_at as createdAt',
      'person.disabled_at as disabledAt',
      'person.password_hash',
      'bureau_administrator.granted_at',
    ])
    .where('person.id', '=', personId)
    .executeTakeFirst();
  if (!person) throw new NotFound();
  const code = await db
    .selectFrom('start_code')
    .select('expires_at')
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  const logins = await db
    .selectFrom('login_name')
    .select(['login_name as loginName', 'kind', 'organization_id'])
    .where('person_id', '=', personId)
    .orderBy('kind')
    .orderBy('login_name')
    .execute();
  const current = memberships.filter((m) => m.ended_at === null);
  const administrator = person.granted_at !== null;
  return {
    id: person.id,
    name: person.name,
    createdAt: person.createdAt,
    disabledAt: person.disabledAt,
    signedUp: person.password_hash !== null,
    startCodeUntil: code?.expires_at ?? null,
    administrator,
    logins: logins
      .filter((login) => !login.organization_id || canManage(viewer, login.organization_id))
      .map(({ loginName, kind }) => ({ loginName, kind })),
    organizations: [...new Set(managed.map((m) => m.organization_id))].map((id) => ({
      id,
      roles: current.filter((m) => m.organization_id === id).map((m) => m.role),
    })),
    accountInReach:
      viewer.administrator ||
      (!administrator && current.every((m) => canManage(viewer, m.organization_id))),
  };
}
