import type { Db } from '~db/client.server';
import { NotFound } from '../shared/errors';

/** Puts a message away for its reader; the first time stays. Throws NotFound for a message not sent to them. */
export async function markMessageRead(
  db: Db,
  input: { personId: string; messageId: string; now: number },
): Promise<void> {
  const mine = await db
    .selectFrom('message_recipient')
    .select('message_id')
    .where('message_id', '=', input.messageId)
    .where('person_id', '=', input.personId)
    .executeTakeFirst();
  if (!mine) throw new NotFound();
  await db
    .updateTable('message_recipient')
    .set({ read_at: input.now })
    .where('message_id', '=', input.messageId)
    .where('person_id', '=', input.personId)
    .where('read_at', 'is', null)
    .execute();
}
