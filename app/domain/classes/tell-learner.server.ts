import type { Trx } from '~db/client.server';
import { newId } from '../shared/new-id.server';

/**
 * Leaves word on a learner's home, in the transaction of what it tells of: an appeal that was answered, a
 * correction, or both. `body` is the manager's reason as written; `now` epoch ms.
 */
export async function tellLearner(
  trx: Trx,
  word: {
    enrollmentId: string;
    sentBy: string;
    body: string;
    about: { appealId: string | null; correctionId: string | null };
    now: number;
  },
): Promise<void> {
  const { classId, personId } = await trx
    .selectFrom('enrollment')
    .select(['class_id as classId', 'person_id as personId'])
    .where('id', '=', word.enrollmentId)
    .executeTakeFirstOrThrow();
  const id = newId();
  await trx
    .insertInto('message')
    .values({
      id,
      class_id: classId,
      sent_by: word.sentBy,
      body: word.body,
      sent_at: word.now,
      appeal_id: word.about.appealId,
      correction_id: word.about.correctionId,
    })
    .execute();
  await trx
    .insertInto('message_recipient')
    .values({ message_id: id, person_id: personId, read_at: null })
    .execute();
}
