import { randomInt } from 'node:crypto';
import type { Db, Trx } from '~db/client.server';
import { inChunks } from '../shared/in-chunks';
import { newId } from '../shared/new-id.server';
import { hashSecret } from './secret-hash.server';
import {
  parseStartCode,
  showStartCode,
  START_CODE_ALPHABET,
  START_CODE_LENGTH,
  START_CODE_LIFE_MS,
} from './start-code';

function newStartCode(): string {
  const pick = () => START_CODE_ALPHABET.charAt(randomInt(START_CODE_ALPHABET.length));
  return Array.from({ length: START_CODE_LENGTH }, pick).join('');
}

/**
 * Gives each of the people a start code, valid 14 days, and voids their earlier ones. Returns the
 * codes as they are to be handed out; only hashes are kept, so they can be shown this once.
 */
export async function issueStartCodes(
  trx: Trx,
  input: { personIds: string[]; byPersonId: string | null; now: number },
): Promise<Map<string, string>> {
  const codes = new Map(input.personIds.map((personId) => [personId, newStartCode()]));
  for (const some of inChunks([...codes], 100)) {
    await trx
      .updateTable('start_code')
      .set({ revoked_at: input.now })
      .where(
        'person_id',
        'in',
        some.map(([personId]) => personId),
      )
      .where('used_at', 'is', null)
      .where('revoked_at', 'is', null)
      .execute();
    await trx
      .insertInto('start_code')
      .values(
        some.map(([personId, code]) => ({
          id: newId(),
          person_id: personId,
          code_hash: hashSecret(code),
          issued_by: input.byPersonId,
          issued_at: input.now,
          expires_at: input.now + START_CODE_LIFE_MS,
        })),
      )
      .execute();
  }
  return new Map([...codes].map(([personId, code]) => [personId, showStartCode(code)]));
}

/** Whether the typed text is a start code this person can use now. */
export async function isOpenStartCode(
  db: Db,
  personId: string | undefined,
  typed: string,
  now: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('start_code')
    .select('id')
    .where('person_id', '=', personId ?? '')
    .where('code_hash', '=', hashSecret(parseStartCode(typed) ?? ''))
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}
