import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { Invalid } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { getManagedClass } from './get-managed-class.server';

export const LONGEST_MESSAGE = 500;

/**
 * One message from the class's manager to chosen learners of the class, shown on their home until they have
 * read it. Throws Invalid for an empty or overlong text (message keys) or when nobody was chosen, or somebody
 * who is not of the class. Answers how many it went to.
 */
export async function sendMessage(
  db: Db,
  viewer: Viewer,
  input: { classId: string; enrollmentIds: string[]; body: string; now: number },
): Promise<number> {
  await getManagedClass(db, viewer, input.classId);
  const body = input.body.trim();
  const chosen = [...new Set(input.enrollmentIds)];
  if (body === '') throw new Invalid([{ pointer: '/body', message: 'message-empty' }]);
  if ([...body].length > LONGEST_MESSAGE)
    throw new Invalid([{ pointer: '/body', message: 'message-too-long' }]);
  if (chosen.length === 0)
    throw new Invalid([{ pointer: '/enrollmentIds', message: 'nobody-chosen' }]);
  const recipients = await db
    .selectFrom('enrollment')
    .select('person_id')
    .where('class_id', '=', input.classId)
    .where('id', 'in', chosen)
    .execute();
  if (recipients.length !== chosen.length)
    throw new Invalid([{ pointer: '/enrollmentIds', message: 'not-of-this-class' }]);
  const id = newId();
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('message')
      .values({
        id,
        class_id: input.classId,
        sent_by: viewer.personId,
        body,
        sent_at: input.now,
        appeal_id: null,
        correction_id: null,
      })
      .execute();
    await trx
      .insertInto('message_recipient')
      .values(recipients.map((r) => ({ message_id: id, person_id: r.person_id, read_at: null })))
      .execute();
  });
  return recipients.length;
}
