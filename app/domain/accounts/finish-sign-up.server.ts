import type { Db } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import { Invalid } from '../shared/errors';
import { hashNewPassword, storePassword } from './set-password.server';

/**
 * Ends the first sign-in: keeps the consent with its version and time and, for a person without a
 * password, the chosen one; their start code is used up and all their sessions end (the caller opens
 * a new one). Throws Invalid on `/consent` or `/password`.
 */
export async function finishSignUp(
  db: Db,
  input: {
    personId: string;
    consentVersion: string;
    consents: boolean;
    /** Undefined when the person has a password already and only the privacy text is new. */
    password: string | undefined;
    now: number;
  },
): Promise<void> {
  const { personId, now } = input;
  if (!input.consents) throw new Invalid([{ pointer: '/consent', message: 'consent' }]);
  const person = await db
    .selectFrom('person')
    .select('password_hash')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  const choosesPassword = person.password_hash === null;
  const passwordHash = choosesPassword
    ? await hashNewPassword(db, personId, input.password ?? '')
    : null;
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('consent')
      .values({ person_id: personId, version: input.consentVersion, given_at: now })
      .onConflict((oc) => oc.columns(['person_id', 'version']).doNothing())
      .execute();
    if (passwordHash) await storePassword(trx, personId, passwordHash, now);
    await recordAudit(trx, {
      at: now,
      actorId: personId,
      organizationId: null,
      action: passwordHash ? 'choose-password' : 'give-consent',
      subjectType: 'person',
      subjectId: personId,
      detail: { consentVersion: input.consentVersion },
    });
  });
}
