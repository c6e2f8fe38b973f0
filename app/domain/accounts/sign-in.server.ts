import type { Db } from '~db/client.server';
import { verifyNothing, verifyPassword } from '~/infra/password-hash.server';
import { NotSignedIn } from '../shared/errors';
import { normalizeLoginName } from './login-name';

/** Checks a login name and password; unknown, wrong and disabled all throw the same NotSignedIn. */
export async function signIn(
  db: Db,
  input: { login: string; password: string },
): Promise<{ personId: string }> {
  const person = await db
    .selectFrom('login_name')
    .innerJoin('person', 'person.id', 'login_name.person_id')
    .select(['person.id', 'person.password_hash'])
    .where('login_name.login_name', '=', normalizeLoginName(input.login))
    .where('person.disabled_at', 'is', null)
    .executeTakeFirst();
  const right = person?.password_hash
    ? await verifyPassword(person.password_hash, input.password)
    : await verifyNothing(input.password);
  if (!person || !right) throw new NotSignedIn('wrong-login');
  return { personId: person.id };
}
