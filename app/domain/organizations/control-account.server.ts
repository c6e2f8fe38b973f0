import type { Db, Trx } from '~db/client.server';
import { endSessions } from '../accounts/sign-in-session.server';
import type { Viewer } from '../accounts/viewer.server';
import { Conflict } from '../shared/errors';
import { getManagedPerson, type ManagedPerson } from './get-managed-person.server';

/**
 * Runs `change` on the account of a person whose account is in the viewer's reach, then ends the
 * person's sessions. Throws Conflict('own-account') for one's own and
 * Conflict('account-of-other-organizations') where another organization has a say.
 */
export function controlAccount<T>(
  db: Db,
  input: { personId: string; viewer: Viewer; now: number },
  change: (trx: Trx, person: ManagedPerson) => Promise<T>,
): Promise<T> {
  const { personId, viewer, now } = input;
  return db.transaction().execute(async (trx) => {
    const person = await getManagedPerson(trx, viewer, personId, now);
    if (personId === viewer.personId) throw new Conflict('own-account');
    if (!person.accountInReach) throw new Conflict('account-of-other-organizations');
    const result = await change(trx, person);
    await endSessions(trx, personId);
    return result;
  });
}
