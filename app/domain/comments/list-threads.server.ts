import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import type { OrganizationMark } from '../courses/published-courses.server';
import { requireCommenter } from './comment-reach.server';
import { listMentionable, type Mentionable } from './mentionable-people.server';

/** Somebody, and for whom they spoke. */
export interface Speaker {
  personId: string;
  name: string;
  organization: OrganizationMark;
}

export interface CommentView {
  id: string;
  by: Speaker;
  /** Empty where the author has removed it. */
  body: string;
  removed: boolean;
  mentions: { personId: string; name: string }[];
  writtenAt: number;
}

export interface ThreadView {
  id: string;
  anchor:
    | { kind: 'lesson' }
    | { kind: 'text'; start: string; end: string; quote: string }
    | { kind: 'video'; mediaId: string; momentMs: number };
  /** What is suggested instead of the quote; null where nothing is. */
  replacement: string | null;
  by: Speaker;
  createdAt: number;
  decided: { outcome: 'accepted' | 'rejected' | 'withdrawn'; name: string; at: number } | null;
  resolved: { name: string; at: number } | null;
  comments: CommentView[];
}

/** What is said about a lesson, as one person finds it. */
export interface LessonComments {
  /** Of what is told here: those who have the lesson open hear of a newer one. */
  version: number;
  threads: ThreadView[];
  people: Mentionable[];
  /** Whether the person decides what is suggested. */
  mayDecide: boolean;
}

/**
 * Everything that is said about a lesson, oldest first, for those who may read its draft. Outsiders get NotFound, other
 * insiders Forbidden. A thread whose words were all removed is left out, unless it suggests something.
 */
export async function listThreads(
  db: Db | Trx,
  actor: Actor,
  lessonId: string,
): Promise<LessonComments> {
  const { courseId, writesFor } = await requireCommenter(db, actor, lessonId);
  // Read first: what is said meanwhile is told again, not missed.
  const version = await readVersion(db, lessonId);
  const rows = await selectThreads(db, lessonId);
  const comments = await selectComments(db, lessonId);
  const mentions = await selectMentions(db, lessonId);
  const threads = rows.map((row): ThreadView => {
    const own = comments.filter(({ threadId }) => threadId === row.id);
    return {
      id: row.id,
      anchor: anchorOf(row),
      replacement: row.replacement,
      by: speakerOf(row),
      createdAt: row.at,
      decided:
        row.outcome === null
          ? null
          : { outcome: row.outcome, name: row.deciderName ?? '', at: row.decidedAt ?? 0 },
      resolved:
        row.resolvedAt === null ? null : { name: row.resolverName ?? '', at: row.resolvedAt },
      comments: own.map((comment) => ({
        id: comment.id,
        by: speakerOf(comment),
        body: comment.removedAt === null ? comment.body : '',
        removed: comment.removedAt !== null,
        mentions: mentions
          .filter(({ commentId }) => commentId === comment.id && comment.removedAt === null)
          .map(({ personId, name }) => ({ personId, name })),
        writtenAt: comment.at,
      })),
    };
  });
  return {
    version,
    threads: threads.filter(
      ({ replacement, comments: said }) => replacement !== null || said.some((one) => !one.removed),
    ),
    people: await listMentionable(db, courseId),
    mayDecide: writesFor !== undefined,
  };
}

async function readVersion(db: Db | Trx, lessonId: string): Promise<number> {
  const text = await db
    .selectFrom('lesson_text')
    .select('comments_version')
    .where('lesson_id', '=', lessonId)
    .executeTakeFirst();
  return text?.comments_version ?? 0;
}

interface Spoken {
  personId: string;
  name: string;
  organizationId: string;
  organizationName: string;
  mark: string;
  kind: OrganizationMark['kind'];
}

const SPOKEN = [
  'person.id as personId',
  'person.name',
  'organization.id as organizationId',
  'organization.name as organizationName',
  'organization.mark',
  'organization.kind',
] as const;

const speakerOf = (row: Spoken): Speaker => ({
  personId: row.personId,
  name: row.name,
  organization: {
    id: row.organizationId,
    name: row.organizationName,
    mark: row.mark,
    kind: row.kind,
  },
});

function anchorOf(row: Awaited<ReturnType<typeof selectThreads>>[number]): ThreadView['anchor'] {
  if (row.anchor === 'text') {
    const { start, end, quote } = row;
    return { kind: 'text', start: start ?? '', end: end ?? '', quote: quote ?? '' };
  }
  if (row.anchor === 'lesson') return { kind: 'lesson' };
  return { kind: 'video', mediaId: row.mediaId ?? '', momentMs: row.momentMs ?? 0 };
}

const selectThreads = (db: Db | Trx, lessonId: string) =>
  db
    .selectFrom('comment_thread')
    .innerJoin('person', 'person.id', 'comment_thread.created_by')
    .innerJoin('organization', 'organization.id', 'comment_thread.organization_id')
    .leftJoin('person as decider', 'decider.id', 'comment_thread.decided_by')
    .leftJoin('person as resolver', 'resolver.id', 'comment_thread.resolved_by')
    .select([
      'comment_thread.id',
      'comment_thread.anchor',
      'comment_thread.range_start as start',
      'comment_thread.range_end as end',
      'comment_thread.quote',
      'comment_thread.media_id as mediaId',
      'comment_thread.moment_ms as momentMs',
      'comment_thread.replacement',
      'comment_thread.created_at as at',
      'comment_thread.outcome',
      'comment_thread.decided_at as decidedAt',
      'comment_thread.resolved_at as resolvedAt',
      'decider.name as deciderName',
      'resolver.name as resolverName',
    ])
    .select(SPOKEN)
    .where('comment_thread.lesson_id', '=', lessonId)
    .orderBy('comment_thread.created_at')
    .orderBy('comment_thread.id')
    .execute();

const selectComments = (db: Db | Trx, lessonId: string) =>
  db
    .selectFrom('comment')
    .innerJoin('comment_thread', 'comment_thread.id', 'comment.thread_id')
    .innerJoin('person', 'person.id', 'comment.person_id')
    .innerJoin('organization', 'organization.id', 'comment.organization_id')
    .select([
      'comment.id',
      'comment.thread_id as threadId',
      'comment.body',
      'comment.written_at as at',
      'comment.removed_at as removedAt',
    ])
    .select(SPOKEN)
    .where('comment_thread.lesson_id', '=', lessonId)
    .orderBy('comment.written_at')
    .orderBy('comment.id')
    .execute();

const selectMentions = (db: Db | Trx, lessonId: string) =>
  db
    .selectFrom('comment_mention')
    .innerJoin('comment', 'comment.id', 'comment_mention.comment_id')
    .innerJoin('comment_thread', 'comment_thread.id', 'comment.thread_id')
    .innerJoin('person', 'person.id', 'comment_mention.person_id')
    .select(['comment_mention.comment_id as commentId', 'person.id as personId', 'person.name'])
    .where('comment_thread.lesson_id', '=', lessonId)
    .orderBy('person.name')
    .orderBy('person.id')
    .execute();
