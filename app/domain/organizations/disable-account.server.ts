import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { controlAccount } from './control-account.server';

/**
 * Disables a person's account, or enables it again; what they studied stays as it is. Disabled, they
 * cannot sign in and their sessions end at once. Errors as controlAccount.
 */
export function disableAccount(
  db: Db,
  input: { personId: string; disabled: boolean; viewer: Viewer; now: number },
): Promise<void> {
  const { personId, disabled, viewer, now } = input;
  return controlAccount(db, input, async (trx, person) => {
    if ((person.disabledAt !== null) === disabled) return;
    await trx
      .updateTable('person')
      .set({ disabled_at: disabled ? now : null })
      .where('id', '=', personId)
      .execute();
    await recordAudit(trx, {
      at: now,
      actorId: viewer.personId,
      organizationId: person.organizations[0]?.id ?? null,
      action: disabled ? 'disable-account' : 'enable-account',
      subjectType: 'person',
      subjectId: personId,
    });
  });
}
