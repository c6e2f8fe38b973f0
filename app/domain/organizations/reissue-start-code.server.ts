import type { Db } from '~db/client.server';
import { issueStartCodes } from '../accounts/start-code.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { Conflict } from '../shared/errors';
import { controlAccount } from './control-account.server';

/**
 * A new start code for a person who lost theirs or forgot the password: the old password and codes
 * are void at once and every session ends; nothing they studied is touched. Errors as controlAccount,
 * and Conflict('account-disabled').
 */
export function reissueStartCode(
  db: Db,
  input: { personId: string; viewer: Viewer; now: number },
): Promise<string> {
  const { personId, viewer, now } = input;
  return controlAccount(db, input, async (trx, person) => {
    if (person.disabledAt !== null) throw new Conflict('account-disabled');
    await trx
      .updateTable('person')
      .set({ password_hash: null, password_set_at: null })
      .where('id', '=', personId)
      .execute();
    await trx.deleteFrom('known_device').where('person_id', '=', personId).execute();
    const codes = await issueStartCodes(trx, {
      personIds: [personId],
      byPersonId: viewer.personId,
      now,
    });
    await recordAudit(trx, {
      at: now,
      actorId: viewer.personId,
      organizationId: person.organizations[0]?.id ?? null,
      action: 'issue-start-code',
      subjectType: 'person',
      subjectId: personId,
    });
    return codes.get(personId) ?? '';
  });
}
