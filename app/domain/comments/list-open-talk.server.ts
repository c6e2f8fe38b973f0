import type { Db, Trx } from '~db/client.server';

/** What of a lesson's talk nobody has settled. */
export interface OpenTalk {
  lessonId: string;
  suggestions: number;
  comments: number;
  /** Of the oldest, so that a link leads to it. */
  threadId: string;
}

/**
 * The lessons of a course's draft about which something is open, in no order; says nothing of rights. A thread whose
 * words were all removed is not open, unless it suggests something.
 */
export async function listOpenTalk(db: Db | Trx, courseId: string): Promise<OpenTalk[]> {
  const rows = await db
    .selectFrom('comment_thread')
    .innerJoin('lesson', 'lesson.id', 'comment_thread.lesson_id')
    .select(['comment_thread.id', 'comment_thread.lesson_id as lessonId'])
    .select((eb) => eb('comment_thread.replacement', 'is not', null).as('suggests'))
    .where('comment_thread.course_id', '=', courseId)
    .where('comment_thread.outcome', 'is', null)
    .where('comment_thread.resolved_at', 'is', null)
    .where('lesson.removed_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('comment_thread.replacement', 'is not', null),
        eb.exists(
          eb
            .selectFrom('comment')
            .select('comment.id')
            .whereRef('comment.thread_id', '=', 'comment_thread.id')
            .where('comment.removed_at', 'is', null),
        ),
      ]),
    )
    .orderBy('comment_thread.created_at')
    .orderBy('comment_thread.id')
    .execute();
  const lessons = new Map<string, OpenTalk>();
  for (const { id, lessonId, suggests } of rows) {
    const talk = lessons.get(lessonId) ?? { lessonId, suggestions: 0, comments: 0, threadId: id };
    if (suggests) talk.suggestions += 1;
    else talk.comments += 1;
    lessons.set(lessonId, talk);
  }
  return [...lessons.values()];
}
