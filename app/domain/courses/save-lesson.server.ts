import type { Db, Trx } from '~db/client.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { Invalid } from '../shared/errors';
import type { LessonFields } from './course-settings';
import { getLessonDraft, type LessonDraft } from './lesson-draft.server';
import { sanitizeArticle } from './sanitize-article.server';
import { StaleSave } from './stale-save';

/**
 * Saves a lesson's title, text and author, based on the version that was seen; the text is sanitised
 * here, and the producing organization becomes the author's. StaleSave with the stored lesson when
 * somebody saved since; Invalid when the person named is no author of the course.
 */
export async function saveLesson(
  db: Db,
  actor: Actor,
  input: { courseId: string; lessonId: string; version: number; fields: LessonFields; now: number },
): Promise<{ version: number }> {
  const { courseId, lessonId, version, fields, now } = input;
  const articleHtml = sanitizeArticle(fields.articleHtml);
  return db.transaction().execute(async (trx) => {
    await requireAuthor(trx, actor, courseId);
    const stored = await getLessonDraft(trx, courseId, lessonId);
    const producer = await producerOf(trx, stored, fields.authorId);
    const saved = await trx
      .updateTable('lesson')
      .set({
        title: fields.title,
        article_html: articleHtml,
        author_id: fields.authorId,
        producer_organization_id: producer,
        version: version + 1,
        updated_by: actor.personId,
        updated_at: now,
      })
      .where('id', '=', lessonId)
      .where('version', '=', version)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (saved.numUpdatedRows === 0n) throw await staleLesson(trx, courseId, lessonId);
    return { version: version + 1 };
  });
}

/** What to throw when a save was based on an older version of the lesson. */
export async function staleLesson(
  trx: Db | Trx,
  courseId: string,
  lessonId: string,
): Promise<StaleSave<LessonDraft>> {
  const current = await getLessonDraft(trx, courseId, lessonId);
  return new StaleSave({
    current,
    changedBy: current.updatedBy,
    changedAt: current.updatedAt,
  });
}

/** A lesson keeps the author it has even when they are no longer named on the course. */
async function producerOf(trx: Trx, stored: LessonDraft, authorId: string): Promise<string> {
  if (authorId === stored.authorId) return stored.producerOrganizationId;
  const author = await trx
    .selectFrom('course_author')
    .select('organization_id')
    .where('course_id', '=', stored.courseId)
    .where('person_id', '=', authorId)
    .executeTakeFirst();
  if (!author) throw new Invalid([{ pointer: '/authorId', message: 'notAuthor' }]);
  return author.organization_id;
}
