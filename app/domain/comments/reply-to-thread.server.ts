import type { Db } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import type { ReplyForm } from './comment-forms';
import { requireThread } from './comment-reach.server';
import { noteCommentChange, writeComment } from './write-comment.server';

/** Adds a comment to a thread; one that was resolved is open again. Outsiders get NotFound, other insiders Forbidden. */
export async function replyToThread(
  db: Db,
  actor: Actor,
  input: { threadId: string; reply: ReplyForm; now: number },
): Promise<{ commentId: string }> {
  const { threadId, reply, now } = input;
  return db.transaction().execute(async (trx) => {
    const { thread, courseId, organizationId } = await requireThread(trx, actor, threadId);
    const { personId } = actor;
    const said = { courseId, threadId, personId, organizationId, ...reply, now };
    const written = await writeComment(trx, said);
    await trx
      .updateTable('comment_thread')
      .set({ resolved_by: null, resolved_at: null })
      .where('id', '=', threadId)
      .execute();
    await noteCommentChange(trx, thread.lesson_id);
    return written;
  });
}
