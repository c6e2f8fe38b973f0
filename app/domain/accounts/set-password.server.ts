import type { Db, Trx } from '~db/client.server';
import { hashPassword } from '~/infra/password-hash.server';
import { Invalid } from '../shared/errors';
import { faultOfPassword } from './password-rules';
import { endSessions } from './sign-in-session.server';

/** The hash of a password that obeys the rules; throws Invalid (/password) otherwise. Hash before the transaction. */
export async function hashNewPassword(db: Db, personId: string, password: string): Promise<string> {
  const names = await db
    .selectFrom('login_name')
    .select('login_name')
    .where('person_id', '=', personId)
    .execute();
  const fault = faultOfPassword(
    password,
    names.map((row) => row.login_name),
  );
  if (fault) throw new Invalid([{ pointer: '/password', message: fault }]);
  return hashPassword(password);
}

/** Stores the password's hash, voids open start codes and ends every session of the person. */
export async function storePassword(
  trx: Trx,
  personId: string,
  passwordHash: string,
  now: number,
): Promise<void> {
  await trx
    .updateTable('person')
    .set({ password_hash: passwordHash, password_set_at: now })
    .where('id', '=', personId)
    .execute();
  await trx
    .updateTable('start_code')
    .set({ used_at: now })
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute();
  await endSessions(trx, personId);
}
