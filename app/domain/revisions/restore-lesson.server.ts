import type { Db } from '~db/client.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { requirePartEditor } from '../co-authoring/part-reach.server';
import { attachMedia } from '../courses/attach-media.server';
import { changeStructure } from '../courses/change-structure.server';
import { getLessonDraft } from '../courses/lesson-draft.server';
import { saveLesson } from '../courses/save-lesson.server';
import { replaceLessonText } from '../lesson-texts/replace-lesson-text.server';
import { Conflict, NotFound } from '../shared/errors';
import { findRevision } from './list-revisions.server';
import type { LessonContent } from './revision-content';

/**
 * Makes a lesson what it was: title, planned length, text and video, as changes of the person's own, which the
 * history keeps like any others; a lesson that was removed comes back where it stood. Who produced it stays. For those
 * who edit it, and its chapter where that was removed. A video that
 * was taken away for good is left out: `videoGone`. StaleSave where a colleague saved in the same moment; the same
 * again finishes what was begun.
 */
export async function restoreLesson(
  db: Db,
  actor: Actor,
  input: { courseId: string; revisionId: string; now: number },
): Promise<{ lessonId: string; videoGone: boolean }> {
  const { courseId, revisionId, now } = input;
  await requireAuthor(db, actor, courseId);
  const row = await findRevision(db, courseId, revisionId);
  if (row.lesson_id === null) throw new NotFound();
  await requirePartEditor(db, actor, { courseId, lessonId: row.lesson_id, removedToo: true });
  const content = JSON.parse(row.content) as LessonContent;
  await bringBack(db, actor, { courseId, lessonId: row.lesson_id, now });
  return restoreContent(db, actor, { courseId, lessonId: row.lesson_id, content, now });
}

/** Title, text and video of a lesson that is in the draft. */
export async function restoreContent(
  db: Db,
  actor: Actor,
  input: { courseId: string; lessonId: string; content: LessonContent; now: number },
): Promise<{ lessonId: string; videoGone: boolean }> {
  const { courseId, lessonId, content, now } = input;
  const draft = await getLessonDraft(db, courseId, lessonId);
  const { version, authorId } = draft;
  const plannedMinutes = content.plannedMinutes ?? null;
  if (draft.title !== content.title || draft.plannedMinutes !== plannedMinutes) {
    const fields = { title: content.title, authorId, plannedMinutes };
    await saveLesson(db, actor, { courseId, lessonId, version, fields, now });
  }
  let videoGone = false;
  if (content.mediaId !== null && content.mediaId !== draft.media?.id) {
    const video = { lessonId, mediaId: content.mediaId, replaces: draft.media?.id ?? null, now };
    try {
      await attachMedia(db, actor, video);
    } catch (error) {
      const gone = error instanceof NotFound || error instanceof Conflict;
      if (!gone || (error instanceof Conflict && error.type !== 'media-refused')) throw error;
      videoGone = true;
    }
  }
  if (draft.articleHtml !== content.articleHtml) {
    await replaceLessonText(db, actor, { lessonId, html: content.articleHtml, now });
  }
  return { lessonId, videoGone };
}

/** A removed lesson, with its chapter, into the draft again. */
async function bringBack(
  db: Db,
  actor: Actor,
  { courseId, lessonId, now }: { courseId: string; lessonId: string; now: number },
): Promise<void> {
  const found = await db
    .selectFrom('lesson')
    .innerJoin('chapter', 'chapter.id', 'lesson.chapter_id')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .select(['lesson.removed_at', 'lesson.chapter_id', 'course.version'])
    .select('chapter.removed_at as chapter_removed_at')
    .where('lesson.id', '=', lessonId)
    .where('lesson.course_id', '=', courseId)
    .executeTakeFirst();
  if (!found) throw new NotFound();
  if (found.removed_at === null) return;
  await changeStructure(db, actor, { courseId, version: found.version, now }, async (trx) => {
    const { chapter_id: chapterId } = found;
    if (found.chapter_removed_at !== null) {
      await requirePartEditor(trx, actor, { courseId, chapterId, removedToo: true });
    }
    await trx
      .updateTable('chapter')
      .set({ removed_at: null })
      .where('id', '=', chapterId)
      .execute();
    await trx
      .updateTable('lesson')
      .set({ removed_at: null, updated_by: actor.personId, updated_at: now })
      .where('id', '=', lessonId)
      .execute();
  });
}
