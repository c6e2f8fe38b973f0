import type { Db } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { Conflict } from '../shared/errors';
import { requireThread } from './comment-reach.server';
import { noteCommentChange } from './write-comment.server';

/**
 * Closes a thread that needs nothing more, or opens it again; doing so twice is done once. Conflict
 * `not-decided` for an open suggestion, which is decided instead. Outsiders get NotFound, other insiders Forbidden.
 */
export async function resolveThread(
  db: Db,
  actor: Actor,
  input: { threadId: string; resolved: boolean; now: number },
): Promise<void> {
  const { threadId, resolved, now } = input;
  await db.transaction().execute(async (trx) => {
    const { thread } = await requireThread(trx, actor, threadId);
    if (thread.replacement !== null && thread.outcome === null) throw new Conflict('not-decided');
    if ((thread.resolved_at !== null) === resolved) return;
    await trx
      .updateTable('comment_thread')
      .set(
        resolved
          ? { resolved_by: actor.personId, resolved_at: now }
          : { resolved_by: null, resolved_at: null },
      )
      .where('id', '=', threadId)
      .execute();
    await noteCommentChange(trx, thread.lesson_id);
  });
}
