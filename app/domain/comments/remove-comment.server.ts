import type { Db } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { Forbidden, NotFound } from '../shared/errors';
import { requireThread } from './comment-reach.server';
import { noteCommentChange } from './write-comment.server';

/** Takes back one's own comment; removing it twice is done once. Others of the thread get Forbidden, outsiders NotFound. */
export async function removeComment(
  db: Db,
  actor: Actor,
  input: { commentId: string; now: number },
): Promise<void> {
  const { commentId, now } = input;
  await db.transaction().execute(async (trx) => {
    const comment = await trx
      .selectFrom('comment')
      .select(['thread_id', 'person_id'])
      .where('id', '=', commentId)
      .executeTakeFirst();
    if (!comment) throw new NotFound();
    const { thread } = await requireThread(trx, actor, comment.thread_id);
    if (comment.person_id !== actor.personId) throw new Forbidden();
    await trx
      .updateTable('comment')
      .set({ removed_at: now })
      .where('id', '=', commentId)
      .where('removed_at', 'is', null)
      .execute();
    await noteCommentChange(trx, thread.lesson_id);
  });
}
