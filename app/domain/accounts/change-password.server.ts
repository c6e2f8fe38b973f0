import type { Db } from '~db/client.server';
import { verifyPassword } from '~/infra/password-hash.server';
import { recordAudit } from '../audit/record-audit.server';
import { Invalid, TooMany } from '../shared/errors';
import {
  beginAttempt,
  recordFailure,
  recordSuccess,
  withdrawAttempt,
} from './count-failures.server';
import { waitBeforeAttempt } from './guessing-limits';
import { hashSecret } from './secret-hash.server';
import { hashNewPassword, storePassword } from './set-password.server';

/**
 * Changes a person's own password after checking the present one, and ends all their sessions: the
 * caller opens a new one for the browser in hand. Throws Invalid on `/current` or `/password`, and
 * TooMany when the present password has been guessed at too often.
 */
export async function changePassword(
  db: Db,
  input: { personId: string; current: string; password: string; address: string; now: number },
): Promise<void> {
  const { personId, now } = input;
  const { attempt, failures } = await beginAttempt(db, {
    loginHash: hashSecret(`person:${personId}`),
    address: input.address,
    knownDevice: true,
    now,
  });
  const waitMs = waitBeforeAttempt(failures, true, now);
  if (waitMs > 0) {
    await withdrawAttempt(db, attempt);
    throw new TooMany(Math.ceil(waitMs / 1_000), 'too-many-attempts');
  }
  const person = await db
    .selectFrom('person')
    .select('password_hash')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  const right = await verifyPassword(person.password_hash ?? '', input.current).catch(() => false);
  if (!right) {
    await recordFailure(db, attempt, now);
    throw new Invalid([{ pointer: '/current', message: 'wrong-password' }]);
  }
  await recordSuccess(db, attempt);
  const passwordHash = await hashNewPassword(db, personId, input.password);
  await db.transaction().execute(async (trx) => {
    await storePassword(trx, personId, passwordHash, now);
    await recordAudit(trx, {
      at: now,
      actorId: personId,
      organizationId: null,
      action: 'change-password',
      subjectType: 'person',
      subjectId: personId,
    });
  });
}
