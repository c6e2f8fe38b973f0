import type { ExpressionBuilder } from 'kysely';
import type { Db, Trx } from '~db/client.server';
import type { Database } from '~db/schema';
import { organizationsAs } from '../accounts/can';
import type { Actor } from '../co-authoring/course-reach.server';
import { isReadable } from '../co-authoring/readable-courses.server';

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

/**
 * The threads that wait for a person, newest first: suggestions open on lessons that the organization they write for
 * produces; and threads not settled yet in which they are named or took part and somebody else has spoken since.
 */
export async function listWaitingThreads(
  db: Db | Trx,
  actor: Actor,
  most: number,
): Promise<WaitingThread[]> {
  const rows = await selectWaiting(db, actor)
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
  const { total } = await selectWaiting(db, actor)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

type Eb = ExpressionBuilder<Database, 'comment_thread' | 'lesson' | 'course'>;

const selectWaiting = (db: Db | Trx, actor: Actor) =>
  db
    .selectFrom('comment_thread')
    .innerJoin('lesson', 'lesson.id', 'comment_thread.lesson_id')
    .innerJoin('course', 'course.id', 'comment_thread.course_id')
    .where('comment_thread.outcome', 'is', null)
    .where('comment_thread.resolved_at', 'is', null)
    .where('lesson.removed_at', 'is', null)
    .where((eb) => eb.or([decides(eb, actor), isAddressed(eb, actor)]))
    .where((eb) => isReadable(eb as unknown as ExpressionBuilder<Database, 'course'>, actor));

/** A suggestion of somebody else's for a lesson that the person's organization produces. */
function decides(eb: Eb, actor: Actor) {
  const instructs = organizationsAs(actor, 'instructor');
  return eb.and([
    eb('comment_thread.replacement', 'is not', null),
    eb('comment_thread.created_by', '!=', actor.personId),
    eb.exists(
      eb
        .selectFrom('course_author')
        .select('course_author.person_id')
        .whereRef('course_author.course_id', '=', 'comment_thread.course_id')
        .whereRef('course_author.organization_id', '=', 'lesson.producer_organization_id')
        .where('course_author.person_id', '=', actor.personId)
        .where('course_author.organization_id', 'in', instructs.length > 0 ? instructs : ['']),
    ),
  ]);
}

/** The person is named or took part, and somebody else has spoken since. */
function isAddressed(eb: Eb, actor: Actor) {
  const { personId } = actor;
  const comments = () =>
    eb
      .selectFrom('comment')
      .whereRef('comment.thread_id', '=', 'comment_thread.id')
      .where('comment.removed_at', 'is', null);
  const own = comments().where('comment.person_id', '=', personId);
  const naming = comments()
    .innerJoin('comment_mention', 'comment_mention.comment_id', 'comment.id')
    .where('comment_mention.person_id', '=', personId);
  const latestOf = (of: typeof own) =>
    of.select((of2) => of2.fn.max('comment.written_at').as('latest'));
  const latest = latestOf(comments().where('comment.person_id', '!=', personId));
  return eb.and([
    eb.or([
      eb('comment_thread.created_by', '=', personId),
      eb.exists(own.select('comment.id')),
      eb.exists(naming.select('comment.id')),
    ]),
    eb(latest, '>', eb.fn.coalesce(latestOf(own), eb.lit(0))),
  ]);
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
