import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { signIn } from '../accounts/sign-in.server';
import { givenOrganization, givenPerson, givenRole } from '../accounts/testing-people.server';
import { findViewer, type Viewer } from '../accounts/viewer.server';
import { Conflict, Forbidden, Invalid, NotFound } from '../shared/errors';
import { addPerson } from './add-person.server';
import { changeAdministration } from './change-administration.server';
import { changeRoles } from './change-roles.server';
import { editPerson } from './edit-person.server';
import { disableAccount } from './disable-account.server';
import { editOrganization } from './edit-organization.server';
import { createOrganization } from './create-organization.server';
import { getManagedPerson } from './get-managed-person.server';
import { listPeople, type PeopleFilter } from './list-people.server';
import type { PersonEntry } from './people-plan';
import { reissueStartCode } from './reissue-start-code.server';

const now = 1_700_000_000_000;
let client: DatabaseClient;
let haidai: string;
let yuandu: string;
let bureau: Viewer;
let liu: Viewer;
let chen: Viewer;

async function viewerOf(personId: string): Promise<Viewer> {
  const viewer = await findViewer(client.db, personId, 'none');
  if (!viewer) throw new Error('no such person');
  return viewer;
}

const add = (viewer: Viewer, organizationId: string, entry: Partial<PersonEntry>) =>
  addPerson(client.db, {
    organizationId,
    entry: { name: '孙立明', roles: ['learner'], ...entry },
    viewer,
    now,
  });

beforeAll(async () => {
  client = await openTestDatabase();
  haidai = await givenOrganization(client.db, { name: '海岱动力', shortCode: 'hddl' });
  yuandu = await givenOrganization(client.db, {
    name: '鸢都技师学院',
    shortCode: 'ydjs',
    kind: 'technicianCollege',
  });
  const admin = await givenPerson(client.db, { name: '周主任', login: 'admin' });
  await client.db
    .insertInto('bureau_administrator')
    .values({ person_id: admin, granted_at: 0 })
    .execute();
  const managerOfHaidai = await givenPerson(client.db, { name: '刘主任', login: 'liu' });
  await givenRole(client.db, haidai, managerOfHaidai, 'manager');
  const managerOfYuandu = await givenPerson(client.db, { name: '陈主任', login: 'chen' });
  await givenRole(client.db, yuandu, managerOfYuandu, 'manager');
  bureau = await viewerOf(admin);
  liu = await viewerOf(managerOfHaidai);
  chen = await viewerOf(managerOfYuandu);
});
afterAll(() => client.close());

describe('a manager adds people', () => {
  test('who sign in with phone or staff number and the start code they were handed', async () => {
    const added = await add(liu, haidai, { phone: '13600008812', staffNumber: '1001' });
    expect(added.outcome).toBe('new');
    for (const login of ['136 0000 8812', 'HDDL/1001']) {
      const signed = await signIn(client.db, {
        login,
        password: added.startCode ?? '',
        address: '10.0.0.1',
        deviceToken: undefined,
        now,
      });
      expect(signed.personId).toBe(added.personId);
    }
    expect((await viewerOf(added.personId)).mustFinishSignUp).toBe(true);
  });

  test('a second time without making anybody twice', async () => {
    const again = await add(liu, haidai, { phone: '13600008812', staffNumber: '1001' });
    expect(again).toMatchObject({ outcome: 'unchanged', startCode: undefined });
  });

  test('who belong to another organization already, under the same account', async () => {
    const linked = await add(chen, yuandu, { phone: '13600008812', roles: ['instructor'] });
    expect(linked).toMatchObject({ outcome: 'linked', startCode: undefined });
    const viewer = await viewerOf(linked.personId);
    expect(viewer.memberships.map((m) => [m.organizationId, m.role])).toEqual([
      [haidai, 'learner'],
      [yuandu, 'instructor'],
    ]);
  });

  test('but not under another name, nor into an organization of others', async () => {
    await expect(add(chen, yuandu, { name: '孙立', phone: '13600008812' })).rejects.toMatchObject({
      errors: [{ pointer: '/phone', message: 'phone-of-another-name' }],
    });
    await expect(add(chen, haidai, { phone: '13600000001' })).rejects.toBeInstanceOf(NotFound);
    const learner = await viewerOf((await add(liu, haidai, { phone: '13600000002' })).personId);
    await expect(add(learner, haidai, { phone: '13600000003' })).rejects.toBeInstanceOf(Forbidden);
  });

  test('and each is in the audit log', async () => {
    const entries = await client.db
      .selectFrom('audit_entry')
      .select(['action', 'actor_id', 'organization_id'])
      .where('action', 'in', ['add-person', 'link-person'])
      .orderBy('id')
      .execute();
    expect(entries).toEqual([
      { action: 'add-person', actor_id: liu.personId, organization_id: haidai },
      { action: 'link-person', actor_id: chen.personId, organization_id: yuandu },
      { action: 'add-person', actor_id: liu.personId, organization_id: haidai },
    ]);
  });
});

describe('roles', () => {
  test('are given and ended with an audit row each, and given again later', async () => {
    const { personId } = await add(liu, haidai, { name: '赵鹏', phone: '18600000075' });
    const change = (roles: PersonEntry['roles'], viewer = liu) =>
      changeRoles(client.db, { organizationId: haidai, personId, roles, viewer, now });
    await change(['mentor', 'instructor']);
    await change(['learner']);
    await change(['learner']);
    const viewer = await viewerOf(personId);
    expect(viewer.memberships.map((m) => m.role)).toEqual(['learner']);
    const actions = await client.db
      .selectFrom('audit_entry')
      .select('action')
      .where('subject_id', '=', personId)
      .where('action', 'in', ['grant-role', 'end-role'])
      .execute();
    expect(actions.map((row) => row.action).sort()).toEqual([
      'end-role',
      'end-role',
      'end-role',
      'grant-role',
      'grant-role',
      'grant-role',
    ]);
    await expect(change(['manager'], chen)).rejects.toBeInstanceOf(NotFound);
    await expect(change(['manager'], viewer)).rejects.toBeInstanceOf(Forbidden);
  });

  test('a manager cannot lock themselves out, a bureau administrator neither', async () => {
    await expect(
      changeRoles(client.db, {
        organizationId: haidai,
        personId: liu.personId,
        roles: [],
        viewer: liu,
        now,
      }),
    ).rejects.toMatchObject({ type: 'own-manager-role' });
    await expect(
      changeAdministration(client.db, {
        personId: bureau.personId,
        administrator: false,
        viewer: bureau,
        now,
      }),
    ).rejects.toMatchObject({ type: 'own-administration' });
  });

  test('only bureau administrators make bureau administrators, and end it', async () => {
    const grant = (viewer: Viewer, administrator: boolean) =>
      changeAdministration(client.db, { personId: chen.personId, administrator, viewer, now });
    await expect(grant(liu, true)).rejects.toBeInstanceOf(Forbidden);
    await grant(bureau, true);
    expect((await viewerOf(chen.personId)).administrator).toBe(true);
    await grant(bureau, false);
    expect((await viewerOf(chen.personId)).administrator).toBe(false);
  });
});

describe('an account', () => {
  test('is disabled, enabled and given a new start code by whoever manages all of it', async () => {
    const { personId } = await add(liu, haidai, { name: '高玉梅', phone: '13800000204' });
    await client.db
      .insertInto('sign_in_session')
      .values({ id_hash: 'x', person_id: personId, expires_at: now * 2, created_at: now })
      .execute();
    const code = await reissueStartCode(client.db, { personId, viewer: liu, now });
    expect(code).toMatch(/^[2-9A-Z-]{14}$/);
    const sessions = client.db.selectFrom('sign_in_session').select('id_hash');
    expect(await sessions.where('person_id', '=', personId).execute()).toEqual([]);
    await disableAccount(client.db, { personId, disabled: true, viewer: liu, now });
    expect(await findViewer(client.db, personId, 'none')).toBeUndefined();
    await expect(reissueStartCode(client.db, { personId, viewer: liu, now })).rejects.toThrow(
      Conflict,
    );
    await disableAccount(client.db, { personId, disabled: false, viewer: liu, now });
    expect(await findViewer(client.db, personId, 'none')).toBeDefined();
  });

  test('is out of reach of a manager who only linked the person', async () => {
    await givenPerson(client.db, { name: '周主任', login: '13900000001' });
    const linked = await add(liu, haidai, { name: '陈主任', userName: 'chen' });
    expect(linked.personId).toBe(chen.personId);
    for (const work of [
      () => reissueStartCode(client.db, { personId: chen.personId, viewer: liu, now }),
      () =>
        disableAccount(client.db, { personId: chen.personId, disabled: true, viewer: liu, now }),
    ])
      await expect(work()).rejects.toMatchObject({ type: 'account-of-other-organizations' });
    expect((await getManagedPerson(client.db, bureau, chen.personId, now)).accountInReach).toBe(
      true,
    );
  });

  test('of a person elsewhere is not found, of a colleague forbidden', async () => {
    const { personId } = await add(liu, haidai, { name: '马国强', phone: '18700005519' });
    const colleague = await viewerOf(personId);
    await expect(getManagedPerson(client.db, chen, personId, now)).rejects.toBeInstanceOf(NotFound);
    await expect(getManagedPerson(client.db, colleague, liu.personId, now)).rejects.toBeInstanceOf(
      Forbidden,
    );
  });
});

describe('a name or login name', () => {
  test('is corrected by whoever manages the account, never onto another person', async () => {
    const { personId } = await add(liu, haidai, { name: '温玉连', phone: '13600007777' });
    const correct = (facts: { phone?: string; staffNumber?: string }, viewer = liu) =>
      editPerson(client.db, {
        personId,
        organizationId: haidai,
        name: '温玉莲',
        phone: undefined,
        userName: undefined,
        staffNumber: undefined,
        ...facts,
        viewer,
        now,
      });
    await correct({ phone: '13600007778', staffNumber: '77' });
    const person = await getManagedPerson(client.db, liu, personId, now);
    expect(person).toMatchObject({
      name: '温玉莲',
      logins: [
        { loginName: '13600007778', kind: 'phone' },
        { loginName: 'hddl/77', kind: 'staff_number' },
      ],
    });
    await expect(correct({ phone: '13600008812' })).rejects.toMatchObject({
      errors: [{ pointer: '/phone', message: 'login-taken' }],
    });
    await expect(correct({})).rejects.toMatchObject({ errors: [{ message: 'no-login' }] });
    await expect(correct({ phone: '13600007779' }, chen)).rejects.toBeInstanceOf(NotFound);
    expect((await getManagedPerson(client.db, liu, personId, now)).logins).toHaveLength(2);
  });
});

describe('the list of people', () => {
  const list = (filter: Partial<PeopleFilter>) =>
    listPeople(client.db, {
      organizationId: haidai,
      search: '',
      role: undefined,
      state: undefined,
      after: undefined,
      limit: 50,
      ...filter,
    });

  test('is searched by name and login name, literally and whatever the case', async () => {
    await add(liu, haidai, { name: 'Anna Smith', userName: 'anna_s' });
    const names = async (search: string) => (await list({ search })).rows.map((row) => row.name);
    expect(await names('立明')).toContain('孙立明');
    expect(await names('SMITH')).toEqual(['Anna Smith']);
    expect(await names('hddl/1')).toEqual(['孙立明']);
    expect(await names('a_s')).toEqual(['Anna Smith']);
    expect(await names('a%s')).toEqual([]);
  });

  test('filters by role and state, and shows only this organization', async () => {
    const managers = await list({ role: 'manager' });
    expect(managers.rows.map((row) => row.name)).toEqual(['刘主任']);
    expect((await list({ state: 'disabled' })).rows).toEqual([]);
    const sun = (await list({ search: '13600008812' })).rows[0];
    expect(sun?.roles).toEqual([{ role: 'learner', organizationId: haidai }]);
    expect((await list({ organizationId: undefined, search: 'admin' })).rows).toHaveLength(1);
  });

  test('is paged without losing or repeating anybody', async () => {
    const all = (await list({})).rows.map((row) => row.id);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await list({ after, limit: 2 });
      seen.push(...page.rows.map((row) => row.id));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(all);
    expect(all.length).toBeGreaterThan(4);
  });
});

describe('an organization', () => {
  const input = { kind: 'enterprise' as const, name: '渠丰农机', mark: '渠', shortCode: 'qfnj' };

  test('is added by the bureau under a short code of its own', async () => {
    await createOrganization(client.db, { ...input, viewer: bureau, now });
    await expect(
      createOrganization(client.db, { ...input, viewer: bureau, now }),
    ).rejects.toBeInstanceOf(Invalid);
    await expect(
      createOrganization(client.db, { ...input, viewer: liu, now }),
    ).rejects.toBeInstanceOf(Forbidden);
  });

  test('takes its staff numbers along to a new short code', async () => {
    const { personId } = await add(liu, haidai, { name: '韩雪', staffNumber: '5005' });
    const change = (shortCode: string) =>
      editOrganization(client.db, {
        kind: 'enterprise',
        name: '海岱动力',
        mark: '岱',
        organizationId: haidai,
        shortCode,
        viewer: bureau,
        now,
      });
    await expect(change('ydjs')).rejects.toBeInstanceOf(Invalid);
    await change('hd');
    const logins = client.db.selectFrom('login_name').select('login_name');
    expect(await logins.where('person_id', '=', personId).execute()).toEqual([
      { login_name: 'hd/5005' },
    ]);
  });
});
