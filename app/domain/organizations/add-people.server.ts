import type { Db, Trx } from '~db/client.server';
import type { Role } from '~db/tables/organizations';
import { issueStartCodes } from '../accounts/start-code.server';
import { recordAudit } from '../audit/record-audit.server';
import { Conflict } from '../shared/errors';
import { inChunks } from '../shared/in-chunks';
import { newId } from '../shared/new-id.server';
import {
  loginsOf,
  planPerson,
  type KnownPerson,
  type PersonEntry,
  type PersonPlan,
} from './people-plan';

export interface AddedPerson {
  personId: string;
  name: string;
  outcome: 'new' | 'linked' | 'unchanged';
  /** To be handed out; only for new people, and only now. */
  startCode: string | undefined;
}

/** What adding each entry to the organization would do, in order. */
export async function planPeople(
  db: Db | Trx,
  organization: { id: string; shortCode: string },
  entries: PersonEntry[],
): Promise<PersonPlan[]> {
  const logins = entries.flatMap((entry) => loginsOf(entry, organization.shortCode));
  const known = await readKnownPeople(
    db,
    organization.id,
    logins.map((login) => login.loginName),
  );
  return entries.map((entry) => planPerson(entry, organization.shortCode, known));
}

/**
 * Adds people to an organization inside the caller's transaction; entries whose login names and name
 * are known link that person. New people get a start code each; each person added or changed has an
 * audit row. Doing it again changes nothing. Throws Conflict (its type is the entry's fault) when an
 * entry cannot be added; whoever calls it has checked the right to.
 */
export async function addPeople(
  trx: Trx,
  input: {
    organization: { id: string; shortCode: string };
    entries: PersonEntry[];
    byPersonId: string | null;
    now: number;
  },
): Promise<AddedPerson[]> {
  const { organization, entries, now } = input;
  await lockOrganization(trx, organization.id);
  const plans = await planPeople(trx, organization, entries);
  const planned = entries.map((entry, n) => {
    const plan = plans[n];
    if (!plan || plan.fault !== undefined)
      throw new Conflict(plan?.fault ?? 'no-login', entry.name);
    return { entry, plan, personId: plan.personId ?? newId() };
  });
  const isNew = planned.filter(({ plan }) => plan.personId === undefined);
  for (const some of inChunks(isNew, 100))
    await trx
      .insertInto('person')
      .values(
        some.map(({ entry, personId }) => ({
          id: personId,
          name: entry.name,
          locale: 'zh' as const,
          created_at: now,
        })),
      )
      .execute();
  const logins = planned.flatMap(({ plan, personId }) =>
    plan.addLogins.map((login) => ({
      login_name: login.loginName,
      kind: login.kind,
      person_id: personId,
      organization_id: login.kind === 'staff_number' ? organization.id : null,
    })),
  );
  for (const some of inChunks(logins, 100)) {
    const written = await trx
      .insertInto('login_name')
      .values(some)
      .onConflict((oc) => oc.column('login_name').doNothing())
      .executeTakeFirst();
    if (Number(written.numInsertedOrUpdatedRows) !== some.length)
      throw new Conflict('changed-meanwhile', 'Somebody else was adding the same login name.');
  }
  await grantRoles(trx, {
    organizationId: organization.id,
    grants: planned.map(({ plan, personId }) => ({ personId, roles: plan.addRoles })),
    byPersonId: input.byPersonId,
    now,
  });
  const changed = planned.filter(
    ({ plan }) => plan.personId === undefined || plan.addRoles.length + plan.addLogins.length > 0,
  );
  for (const { entry, plan, personId } of changed)
    await recordAudit(trx, {
      at: now,
      actorId: input.byPersonId,
      organizationId: organization.id,
      action: plan.personId === undefined ? 'add-person' : 'link-person',
      subjectType: 'person',
      subjectId: personId,
      detail: { name: entry.name, roles: plan.addRoles },
    });
  const codes = await issueStartCodes(trx, {
    personIds: isNew.map(({ personId }) => personId),
    byPersonId: input.byPersonId,
    now,
  });
  return planned.map(({ entry, plan, personId }) => ({
    personId,
    name: entry.name,
    outcome:
      plan.personId === undefined
        ? 'new'
        : plan.addRoles.length + plan.addLogins.length > 0
          ? 'linked'
          : 'unchanged',
    startCode: codes.get(personId),
  }));
}

/** Gives roles that are not held yet; the people's sessions get new ids. */
export async function grantRoles(
  trx: Trx,
  input: {
    organizationId: string;
    grants: { personId: string; roles: Role[] }[];
    byPersonId: string | null;
    now: number;
  },
): Promise<void> {
  const rows = input.grants.flatMap(({ personId, roles }) =>
    roles.map((role) => ({
      id: newId(),
      organization_id: input.organizationId,
      person_id: personId,
      role,
      granted_by: input.byPersonId,
      granted_at: input.now,
    })),
  );
  for (const some of inChunks(rows, 100)) {
    await trx.insertInto('membership').values(some).execute();
    await trx
      .updateTable('person')
      .set({ roles_changed_at: input.now })
      .where(
        'id',
        'in',
        some.map((row) => row.person_id),
      )
      .execute();
  }
}

/** Takes the organization's row for the rest of the transaction: changes of its people follow one another. */
export async function lockOrganization(trx: Trx, organizationId: string): Promise<void> {
  await trx
    .updateTable('organization')
    .set((eb) => ({ created_at: eb.ref('created_at') }))
    .where('id', '=', organizationId)
    .execute();
}

async function readKnownPeople(
  db: Db | Trx,
  organizationId: string,
  loginNames: string[],
): Promise<Map<string, KnownPerson>> {
  const known = new Map<string, KnownPerson>();
  const byId = new Map<string, KnownPerson>();
  for (const some of inChunks([...new Set(loginNames)], 400)) {
    const rows = await db
      .selectFrom('login_name')
      .innerJoin('person', 'person.id', 'login_name.person_id')
      .leftJoin('membership', (join) =>
        join
          .onRef('membership.person_id', '=', 'person.id')
          .on('membership.organization_id', '=', organizationId)
          .on('membership.ended_at', 'is', null),
      )
      .select([
        'login_name.login_name',
        'person.id',
        'person.name',
        'person.disabled_at',
        'membership.role',
      ])
      .where('login_name.login_name', 'in', some)
      .execute();
    for (const row of rows) {
      const person = byId.get(row.id) ?? {
        personId: row.id,
        name: row.name,
        disabled: row.disabled_at !== null,
        roles: [],
      };
      if (row.role && !person.roles.includes(row.role)) person.roles.push(row.role);
      byId.set(row.id, person);
      known.set(row.login_name, person);
    }
  }
  return known;
}
