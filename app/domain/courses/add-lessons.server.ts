import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requirePartEditor } from '../co-authoring/part-reach.server';
import { withOutlineRevision } from '../revisions/keep-revisions.server';
import { newLessonRow } from './new-lesson-row.server';

/**
 * Adds lessons at the end of a chapter in the order of their titles, all or none, produced by the
 * author's organization and named after the author; for those who edit the chapter. Returns their ids in that order.
 */
export async function addLessons(
  db: Db,
  actor: Actor,
  input: {
    courseId: string;
    chapterId: string;
    kind: 'video' | 'article';
    titles: readonly string[];
    now: number;
  },
): Promise<{ lessonIds: string[] }> {
  const { courseId, chapterId, kind, titles, now } = input;
  return db.transaction().execute(async (trx) => {
    const reach = await requirePartEditor(trx, actor, { courseId, chapterId });
    const last = await lastPosition(trx, chapterId);
    const place = { courseId, chapterId, authorFor: reach.authorFor };
    const lessons = titles.map((title, index) =>
      newLessonRow({ ...place, position: last + index + 1, kind, title }, actor, now),
    );
    const by = { personId: actor.personId, organizationId: reach.authorFor, now };
    await withOutlineRevision(trx, courseId, by, () =>
      trx.insertInto('lesson').values(lessons).execute(),
    );
    return { lessonIds: lessons.map((lesson) => lesson.id) };
  });
}

/** Of the chapter's lessons, removed ones too. */
async function lastPosition(trx: Trx, chapterId: string): Promise<number> {
  const last = await trx
    .selectFrom('lesson')
    .select((eb) => eb.fn.max('position').as('position'))
    .where('chapter_id', '=', chapterId)
    .executeTakeFirst();
  return last?.position ?? 0;
}
