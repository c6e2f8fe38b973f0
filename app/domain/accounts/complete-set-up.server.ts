import type { z } from 'zod';
import type { Db } from '~db/client.server';
import { hashPassword } from '~/infra/password-hash.server';
import { insertOrganization } from '../organizations/create-organization.server';
import { Invalid, NotFound } from '../shared/errors';
import type { setUpSchema } from './account-forms';
import { grantAdministration, insertPerson } from './create-administrator.server';
import { isOpenSetUpLink } from './open-set-up-link.server';
import { faultOfPassword } from './password-rules';
import { hashSecret } from './secret-hash.server';

/**
 * Uses the set-up link: makes the bureau and its first administrator, who also manages the bureau.
 * Throws NotFound when the link is used, too old or no longer needed; of two at once one succeeds.
 */
export async function completeSetUp(
  db: Db,
  input: z.output<typeof setUpSchema> & { token: string; password: string; now: number },
): Promise<{ personId: string }> {
  const { now } = input;
  if (!(await isOpenSetUpLink(db, input.token, now))) throw new NotFound('set-up-link');
  const fault = faultOfPassword(input.password, [input.login]);
  if (fault) throw new Invalid([{ pointer: '/password', message: fault }]);
  const passwordHash = await hashPassword(input.password);
  return db.transaction().execute(async (trx) => {
    const used = await trx
      .updateTable('set_up_link')
      .set({ used_at: now })
      .where('token_hash', '=', hashSecret(input.token))
      .where('used_at', 'is', null)
      .executeTakeFirst();
    if (Number(used.numUpdatedRows) !== 1) throw new NotFound('set-up-link');
    const personId = await insertPerson(trx, { name: input.name, login: input.login, now });
    await trx
      .updateTable('person')
      .set({ password_hash: passwordHash, password_set_at: now })
      .where('id', '=', personId)
      .execute();
    await insertOrganization(trx, {
      kind: 'bureau',
      name: input.organizationName,
      mark: input.mark,
      shortCode: input.shortCode,
      byPersonId: personId,
      now,
    });
    await grantAdministration(trx, { personId, byPersonId: personId, now });
    return { personId };
  });
}
