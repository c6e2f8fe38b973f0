import { describe, expect, test } from 'vitest';
import { planPerson, type KnownPerson } from './people-plan';

const li: KnownPerson = { personId: 'li', name: '李秀兰', disabled: false, roles: ['learner'] };
const gone: KnownPerson = { personId: 'gone', name: '王海波', disabled: true, roles: [] };
const known = new Map([
  ['15900003047', li],
  ['hddl/1001', li],
  ['13300009126', gone],
]);
const plan = (entry: Partial<Parameters<typeof planPerson>[0]>) =>
  planPerson({ name: '李秀兰', roles: ['learner'], ...entry }, 'hddl', known);

describe('adding a person', () => {
  test('with login names nobody has makes a new one', () => {
    expect(plan({ phone: '13600008812', staffNumber: '2002' })).toEqual({
      personId: undefined,
      addRoles: ['learner'],
      addLogins: [
        { loginName: '13600008812', kind: 'phone' },
        { loginName: 'hddl/2002', kind: 'staff_number' },
      ],
    });
  });

  test('whose phone number and name are known links that person and adds what is missing', () => {
    expect(
      plan({ phone: '15900003047', staffNumber: '2002', roles: ['learner', 'mentor'] }),
    ).toEqual({
      personId: 'li',
      addRoles: ['mentor'],
      addLogins: [{ loginName: 'hddl/2002', kind: 'staff_number' }],
    });
  });

  test.each([
    [
      'the phone is registered under another name',
      { name: '李秀', phone: '15900003047' },
      'phone-of-another-name',
      'phone',
    ],
    [
      'the staff number is',
      { name: '赵鹏', staffNumber: '1001' },
      'staff-number-of-another-name',
      'staffNumber',
    ],
    [
      'the account is disabled',
      { name: '王海波', phone: '13300009126' },
      'account-disabled',
      'phone',
    ],
    ['there is nothing to sign in with', {}, 'no-login', 'phone'],
  ])('is refused when %s', (_title, entry, fault, field) => {
    expect(plan(entry)).toEqual({ fault, field });
  });

  test('is refused when the login names belong to two people of one name', () => {
    const twins = new Map([
      ['13700000001', { ...li, personId: 'one' }],
      ['hddl/7', { ...li, personId: 'two' }],
    ]);
    const entry = { name: '李秀兰', phone: '13700000001', staffNumber: '7', roles: [] };
    expect(planPerson(entry, 'hddl', twins)).toEqual({
      fault: 'logins-of-two-people',
      field: 'staffNumber',
    });
  });
});
