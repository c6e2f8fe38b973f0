import { sql } from 'kysely';
import type { Db, Trx } from '~db/client.server';
import type { DraftMarks } from './draft-protocol';

interface Count {
  place: number;
  course_id: string;
  part: keyof DraftMarks;
  a: number | string | null;
  b: number | string | null;
  c: number | string | null;
  d: number | string | null;
}

/** The marks of one course's draft. What is read after them is at least as new as they are. */
export async function getDraftMarks(db: Db | Trx, courseId: string): Promise<DraftMarks> {
  return (await readDraftMarks(db, [courseId])).get(courseId) ?? { outline: '', comments: '' };
}

/**
 * The marks of several courses' drafts in one statement. They are counted from versions that only grow and from rows
 * that are only added, so a change needs no writing for their sake, and two that are made at once cannot wait for each
 * other there. Two changes that undo each other may leave them as they were; then nothing has to be shown.
 */
export async function readDraftMarks(
  db: Db | Trx,
  courseIds: readonly string[],
): Promise<Map<string, DraftMarks>> {
  const marks = new Map(courseIds.map((id) => [id, { outline: '', comments: '' }]));
  if (marks.size === 0) return marks;
  const { rows } = await countRows(courseIds).execute(db);
  for (const { place, course_id, part, a, b, c, d } of rows) {
    const mark = marks.get(course_id);
    if (mark) mark[part] += `${[place, a, b, c, d].map((count) => count ?? 0).join('.')} `;
  }
  return marks;
}

function countRows(courseIds: readonly string[]) {
  const wanted = sql`course_id in (${sql.join(courseIds)})`;
  const lessons = sql`lesson.course_id in (${sql.join(courseIds)})`;
  return sql<Count>`
    select 1 as place, id as course_id, 'outline' as part,
      version as a, bureau_review_since as b, 0 as c, 0 as d
      from course where id in (${sql.join(courseIds)})
    union all select 2, course_id, 'outline',
      count(*), sum(version) + count(removed_at), sum(place_version), sum(open_to_partners_since)
      from chapter where ${wanted} group by course_id
    union all select 3, course_id, 'outline',
      count(*), sum(version), sum(place_version), count(removed_at)
      from lesson where ${wanted} group by course_id
    union all select 4, course_id, 'outline',
      count(*), count(accepted_at), count(declined_at), count(left_at)
      from course_partner where ${wanted} group by course_id
    union all select 5, course_id, 'outline', count(*), max(named_at), 0, 0
      from course_author where ${wanted} group by course_id
    union all select 6, course_id, 'outline', count(*), max(named_at), 0, 0
      from course_reviewer where ${wanted} group by course_id
    union all select 7, course_id, 'outline', count(*), count(closed_at), 0, 0
      from publication_request where ${wanted} group by course_id
    union all select 8, course_id, 'outline', count(*), count(withdrawn_at), 0, 0
      from sign_off where ${wanted} group by course_id
    union all select 9, lesson.course_id, 'comments', sum(comments_version), 0, 0, 0
      from lesson inner join lesson_text on lesson_text.lesson_id = lesson.id
      where ${lessons} group by lesson.course_id having sum(comments_version) > 0
    union all select 10, lesson.course_id, 'comments',
      count(*), count(outcome), count(resolved_at), 0
      from lesson inner join comment_thread on comment_thread.lesson_id = lesson.id
      where ${lessons} group by lesson.course_id
    union all select 11, lesson.course_id, 'comments', count(*), count(comment.removed_at), 0, 0
      from lesson inner join comment_thread on comment_thread.lesson_id = lesson.id
      inner join comment on comment.thread_id = comment_thread.id
      where ${lessons} group by lesson.course_id
    order by place`;
}
