import type { Role } from '~db/tables/organizations';
import { staffLoginName } from '../accounts/login-name';

/** One person to be added to an organization, in stored spelling. */
export interface PersonEntry {
  name: string;
  phone?: string | undefined;
  staffNumber?: string | undefined;
  userName?: string | undefined;
  roles: Role[];
}

/** Somebody who already has one of the login names. */
export interface KnownPerson {
  personId: string;
  name: string;
  disabled: boolean;
  /** Held now in the organization in question. */
  roles: Role[];
}

export type EntryFault =
  | 'no-login'
  | 'phone-of-another-name'
  | 'staff-number-of-another-name'
  | 'user-name-taken'
  | 'logins-of-two-people'
  | 'account-disabled';

export interface LoginToAdd {
  loginName: string;
  kind: 'phone' | 'user_name' | 'staff_number';
}

/** `personId` is undefined for a new person. */
export type PersonPlan =
  | {
      fault?: undefined;
      personId: string | undefined;
      addRoles: Role[];
      addLogins: LoginToAdd[];
    }
  | { fault: EntryFault; field: 'phone' | 'staffNumber' | 'userName' };

const FIELDS = { phone: 'phone', staff_number: 'staffNumber', user_name: 'userName' } as const;
const OF_ANOTHER_NAME = {
  phone: 'phone-of-another-name',
  staff_number: 'staff-number-of-another-name',
  user_name: 'user-name-taken',
} as const;

/** The login names an entry asks for. */
export function loginsOf(entry: PersonEntry, shortCode: string): LoginToAdd[] {
  const logins: LoginToAdd[] = [];
  if (entry.phone) logins.push({ loginName: entry.phone, kind: 'phone' });
  if (entry.staffNumber) {
    const loginName = staffLoginName(shortCode, entry.staffNumber);
    logins.push({ loginName, kind: 'staff_number' });
  }
  if (entry.userName) logins.push({ loginName: entry.userName, kind: 'user_name' });
  return logins;
}

/**
 * What adding the entry would do: make a new person, or link the one who has a login name of it,
 * provided the name is the same (a mistyped phone number must not put a stranger into the class).
 */
export function planPerson(
  entry: PersonEntry,
  shortCode: string,
  known: ReadonlyMap<string, KnownPerson>,
): PersonPlan {
  const logins = loginsOf(entry, shortCode);
  if (logins.length === 0) return { fault: 'no-login', field: 'phone' };
  const owned = logins.flatMap((login) => {
    const owner = known.get(login.loginName);
    return owner ? [{ login, owner }] : [];
  });
  for (const { login, owner } of owned) {
    const field = FIELDS[login.kind];
    if (owner.name !== entry.name) return { fault: OF_ANOTHER_NAME[login.kind], field };
    if (owner.disabled) return { fault: 'account-disabled', field };
    if (owner.personId !== owned[0]?.owner.personId)
      return { fault: 'logins-of-two-people', field };
  }
  const owner = owned[0]?.owner;
  return {
    personId: owner?.personId,
    addRoles: entry.roles.filter((role) => !owner?.roles.includes(role)),
    addLogins: logins.filter((login) => !known.has(login.loginName)),
  };
}
