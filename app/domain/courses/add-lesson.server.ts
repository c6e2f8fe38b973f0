import type { Db } from '~db/client.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { NotFound } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import type { NewLesson } from './course-settings';

/** Adds a lesson at the end of a chapter, produced by the author's organization and named after the author. */
export async function addLesson(
  db: Db,
  actor: Actor,
  input: { courseId: string; lesson: NewLesson; now: number },
): Promise<{ lessonId: string }> {
  const { courseId, lesson, now } = input;
  const lessonId = newId();
  await db.transaction().execute(async (trx) => {
    const reach = await requireAuthor(trx, actor, courseId);
    const chapter = await trx
      .selectFrom('chapter')
      .select('id')
      .where('id', '=', lesson.chapterId)
      .where('course_id', '=', courseId)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (!chapter) throw new NotFound();
    const last = await trx
      .selectFrom('lesson')
      .select((eb) => eb.fn.max('position').as('position'))
      .where('chapter_id', '=', chapter.id)
      .executeTakeFirst();
    await trx
      .insertInto('lesson')
      .values({
        id: lessonId,
        course_id: courseId,
        chapter_id: chapter.id,
        position: (last?.position ?? 0) + 1,
        kind: lesson.kind,
        title: lesson.title,
        media_id: null,
        article_html: '',
        producer_organization_id: reach.authorFor,
        author_id: actor.personId,
        version: 1,
        updated_by: actor.personId,
        updated_at: now,
        removed_at: null,
      })
      .execute();
  });
  return { lessonId };
}
