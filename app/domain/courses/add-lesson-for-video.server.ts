import type { Db } from '~db/client.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { NotFound } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { attachMedia } from './attach-media.server';
import { titleOf } from './lessons-from-files';

/**
 * Makes a video of the course a lesson of its own, next after the one given: what has other content is
 * another lesson. Named after the file; produced by the author's organization. Refuses as attachMedia.
 */
export async function addLessonForVideo(
  db: Db,
  actor: Actor,
  input: { courseId: string; afterLessonId: string; mediaId: string; now: number },
): Promise<{ lessonId: string }> {
  const { courseId, afterLessonId, mediaId, now } = input;
  return db.transaction().execute(async (trx) => {
    const reach = await requireAuthor(trx, actor, courseId);
    const before = await trx
      .selectFrom('lesson')
      .select(['chapter_id', 'position'])
      .where('id', '=', afterLessonId)
      .where('course_id', '=', courseId)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    const media = await trx
      .selectFrom('media')
      .select('filename')
      .where('id', '=', mediaId)
      .executeTakeFirst();
    if (!before || !media) throw new NotFound();
    await trx
      .updateTable('lesson')
      .set((eb) => ({ position: eb('position', '+', 1) }))
      .where('chapter_id', '=', before.chapter_id)
      .where('position', '>', before.position)
      .execute();
    const lessonId = newId();
    await trx
      .insertInto('lesson')
      .values({
        id: lessonId,
        course_id: courseId,
        chapter_id: before.chapter_id,
        position: before.position + 1,
        kind: 'video',
        title: titleOf(media.filename),
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
    await attachMedia(trx, actor, { lessonId, mediaId, replaces: null, now });
    return { lessonId };
  });
}
