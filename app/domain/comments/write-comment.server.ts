import type { Db, Trx } from '~db/client.server';
import { Invalid } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { listMentionable } from './mentionable-people.server';

/** Adds a comment to a thread, in the caller's transaction; Invalid where it names somebody who makes no part of the course. */
export async function writeComment(
  trx: Db | Trx,
  given: {
    courseId: string;
    threadId: string;
    personId: string;
    organizationId: string;
    body: string;
    mentions: string[];
    now: number;
  },
): Promise<{ commentId: string }> {
  const commentId = newId();
  await trx
    .insertInto('comment')
    .values({
      id: commentId,
      thread_id: given.threadId,
      person_id: given.personId,
      organization_id: given.organizationId,
      body: given.body,
      written_at: given.now,
      removed_at: null,
    })
    .execute();
  const mentions = [...new Set(given.mentions)];
  if (mentions.length === 0) return { commentId };
  const people = new Set(
    (await listMentionable(trx, given.courseId)).map(({ personId }) => personId),
  );
  if (!mentions.every((personId) => people.has(personId))) {
    throw new Invalid([{ pointer: '/mentions', message: 'somebody is no longer in this course' }]);
  }
  await trx
    .insertInto('comment_mention')
    .values(mentions.map((personId) => ({ comment_id: commentId, person_id: personId })))
    .execute();
  return { commentId };
}

/** Tells those who have the lesson open that something was said: text-rooms.server.ts looks at the number. */
export async function noteCommentChange(trx: Db | Trx, lessonId: string): Promise<void> {
  await trx
    .updateTable('lesson_text')
    .set((eb) => ({ comments_version: eb('comments_version', '+', 1) }))
    .where('lesson_id', '=', lessonId)
    .execute();
}
