import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { decides, selectWaitingThreads } from './select-waiting-threads.server';

/** A thread that waits for somebody's word. */
export interface WaitingThread {
  kind: 'suggestion' | 'thread';
  threadId: string;
  courseId: string;
  courseTitle: string;
  lessonId: string;
  lessonTitle: string;
  /** Who spoke last, or who suggests, and for whom. */
  name: string;
  organization: string;
  /** Of a suggestion what it would change, else what was said last. */
  quote: string | null;
  replacement: string | null;
  body: string;
  at: number;
}

/** The threads that wait for a person (select-waiting-threads.server.ts says which), newest first. */
export async function listWaitingThreads(
  db: Db | Trx,
  actor: Actor,
  most: number,
): Promise<WaitingThread[]> {
  const rows = await selectWaitingThreads(db, actor)
    .innerJoin('person', 'person.id', 'comment_thread.created_by')
    .innerJoin('organization', 'organization.id', 'comment_thread.organization_id')
    .select((eb) => [
      'comment_thread.id as threadId',
      'comment_thread.quote',
      'comment_thread.replacement',
      'comment_thread.created_at as createdAt',
      'course.id as courseId',
      'course.title as courseTitle',
      'lesson.id as lessonId',
      'lesson.title as lessonTitle',
      'person.name',
      'organization.name as organization',
      decides(eb, actor).as('decides'),
    ])
    .orderBy('comment_thread.created_at', 'desc')
    .orderBy('comment_thread.id', 'desc')
    .limit(most)
    .execute();
  const last = await listLastWords(
    db,
    actor,
    rows.map(({ threadId }) => threadId),
  );
  return rows
    .map(({ createdAt, decides: own, ...row }): WaitingThread => {
      const said = last.get(row.threadId);
      const kind = own ? 'suggestion' : 'thread';
      return { ...row, body: '', at: createdAt, ...said, kind };
    })
    .sort((a, b) => b.at - a.at);
}

/** How many there are. */
export async function countWaitingThreads(db: Db | Trx, actor: Actor): Promise<number> {
  const { total } = await selectWaitingThreads(db, actor)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Of each thread the newest comment of somebody else. */
async function listLastWords(db: Db | Trx, actor: Actor, threadIds: string[]) {
  if (threadIds.length === 0) return new Map<string, never>();
  const rows = await db
    .selectFrom('comment')
    .innerJoin('person', 'person.id', 'comment.person_id')
    .innerJoin('organization', 'organization.id', 'comment.organization_id')
    .select([
      'comment.thread_id as threadId',
      'comment.body',
      'comment.written_at as at',
      'person.name',
      'organization.name as organization',
    ])
    .where('comment.thread_id', 'in', threadIds)
    .where('comment.person_id', '!=', actor.personId)
    .where('comment.removed_at', 'is', null)
    .orderBy('comment.written_at')
    .orderBy('comment.id')
    .execute();
  return new Map(rows.map(({ threadId, ...row }) => [threadId, row]));
}
