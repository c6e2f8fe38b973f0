import type { Db } from '~db/client.server';
import { inHashingTurn } from '~/infra/password-hash.server';
import { NotSignedIn, TooMany } from '../shared/errors';
import {
  beginAttempt,
  recordFailure,
  recordSuccess,
  withdrawAttempt,
} from './count-failures.server';
import { waitBeforeAttempt } from './guessing-limits';
import { isKnownDevice, rememberDevice } from './known-device.server';
import { normalizeLoginName } from './login-name';
import { hashSecret, newSecret } from './secret-hash.server';
import { isOpenStartCode } from './start-code.server';

export interface SignInInput {
  login: string;
  /** The password, or before the first sign-in the start code. */
  password: string;
  address: string;
  /** The token this browser was given when it last signed somebody in. */
  deviceToken: string | undefined;
  now: number;
}

/**
 * Checks a login name with its password or, for those who have none yet, their start code. Unknown
 * name, wrong password and disabled account all throw the same NotSignedIn after the same work;
 * TooMany says how long to wait (guessing-limits.ts). Returns the token the browser should keep.
 */
export async function signIn(
  db: Db,
  input: SignInInput,
): Promise<{ personId: string; deviceToken: string }> {
  const login = normalizeLoginName(input.login);
  const person = await findSignInPerson(db, login);
  const knownDevice = await isKnownDevice(db, person?.id, input.deviceToken);
  return inHashingTurn(async (verifyNow) => {
    const { attempt, failures } = await beginAttempt(db, {
      loginHash: hashSecret(login),
      address: input.address,
      knownDevice,
      now: input.now,
    });
    const waitMs = waitBeforeAttempt(failures, knownDevice, input.now);
    if (waitMs > 0) {
      await withdrawAttempt(db, attempt);
      throw new TooMany(Math.ceil(waitMs / 1_000), 'too-many-attempts');
    }
    const passwordRight = await verifyNow(person?.password_hash ?? null, input.password);
    const codeRight = await isOpenStartCode(db, person?.id, input.password, input.now);
    if (!person || !(passwordRight || (person.password_hash === null && codeRight))) {
      await recordFailure(db, attempt, input.now);
      throw new NotSignedIn('wrong-login', 'The login name or the password is not right.');
    }
    await recordSuccess(db, attempt);
    const deviceToken = input.deviceToken ?? newSecret();
    await rememberDevice(db, person.id, deviceToken, input.now);
    return { personId: person.id, deviceToken };
  });
}

function findSignInPerson(db: Db, login: string) {
  return db
    .selectFrom('login_name')
    .innerJoin('person', 'person.id', 'login_name.person_id')
    .select(['person.id', 'person.password_hash'])
    .where('login_name.login_name', '=', login)
    .where('person.disabled_at', 'is', null)
    .executeTakeFirst();
}
