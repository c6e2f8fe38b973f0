import type { Db } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requirePartEditor } from '../co-authoring/part-reach.server';
import { withOutlineRevision } from '../revisions/keep-revisions.server';
import { NotFound } from '../shared/errors';
import { attachMedia } from './attach-media.server';
import { titleOf } from './lessons-from-files';
import { newLessonRow } from './new-lesson-row.server';

/**
 * Makes a video of the course a lesson of its own, next after the one given: what has other content is
 * another lesson. Named after the file; produced by the author's organization. For those who edit the chapter.
 * Refuses as attachMedia.
 */
export async function addLessonForVideo(
  db: Db,
  actor: Actor,
  input: { courseId: string; afterLessonId: string; mediaId: string; now: number },
): Promise<{ lessonId: string }> {
  const { courseId, afterLessonId, mediaId, now } = input;
  return db.transaction().execute(async (trx) => {
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
    const reach = await requirePartEditor(trx, actor, { courseId, chapterId: before.chapter_id });
    const place = {
      courseId,
      chapterId: before.chapter_id,
      position: before.position + 1,
      authorFor: reach.authorFor,
    };
    const title = titleOf(media.filename);
    const lesson = newLessonRow({ ...place, kind: 'video', title }, actor, now);
    const by = { personId: actor.personId, organizationId: reach.authorFor, now };
    await withOutlineRevision(trx, courseId, by, async () => {
      await trx
        .updateTable('lesson')
        .set((eb) => ({ position: eb('position', '+', 1) }))
        .where('chapter_id', '=', before.chapter_id)
        .where('position', '>', before.position)
        .execute();
      await trx.insertInto('lesson').values(lesson).execute();
    });
    const lessonId = lesson.id;
    await attachMedia(trx, actor, { lessonId, mediaId, replaces: null, now });
    return { lessonId };
  });
}
