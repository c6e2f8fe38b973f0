import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requireLeadAuthor } from '../co-authoring/part-reach.server';
import { editsPart, type CourseSide } from '../co-authoring/part-rights';
import { changeStructure } from '../courses/change-structure.server';
import { getCourseDraft } from '../courses/course-draft.server';
import { Conflict } from '../shared/errors';
import { findRevision } from './list-revisions.server';
import { outlineToRestore, type OutlineChapter } from './outline-to-restore';
import { restoreContent } from './restore-lesson.server';
import type { LessonContent, OutlineContent } from './revision-content';

/**
 * Makes the whole draft what it was when that revision ended: settings, chapters, order, and each lesson of it. What
 * was added since leaves the draft, and stays in the history. Published versions and class hours stay as they are.
 * Parts that another organization produced and has not opened stay as they are now (outlineToRestore); `leftAlone` says
 * that there are some. For authors of the lead organization, based on the structure they saw (`version`): StaleSave
 * otherwise. `videosGone` are the titles of lessons whose video of then was taken away for good. Conflict `no-outline`
 * where nothing is kept of that time.
 */
export async function restoreCourse(
  db: Db,
  actor: Actor,
  input: { courseId: string; revisionId: string; version: number; now: number },
): Promise<{ videosGone: string[]; leftAlone: boolean }> {
  const { courseId, revisionId, version, now } = input;
  const side = await requireLeadAuthor(db, actor, courseId);
  const { ended_at: at } = await findRevision(db, courseId, revisionId);
  const outline = await findOutline(db, courseId, at);
  const contents = await findLessons(db, courseId, at);
  const closed = new Set<string>();
  const placed = new Set<string>();
  await changeStructure(db, actor, { courseId, version, now }, async (trx) => {
    const { settings } = outline;
    await trx.updateTable('course').set(settings).where('id', '=', courseId).execute();
    for (const id of await listClosed(trx, courseId, side)) closed.add(id);
    const current = await readChapters(trx, courseId);
    const wanted = outlineToRestore(current, outline.chapters, (id) => !closed.has(id));
    await placeAll(trx, courseId, wanted, now);
    for (const id of wanted.flatMap((chapter) => chapter.lessonIds)) placed.add(id);
  });
  const videosGone: string[] = [];
  for (const lessonId of outline.chapters.flatMap((chapter) => chapter.lessonIds)) {
    const content = contents.get(lessonId);
    if (!content || closed.has(lessonId) || !placed.has(lessonId)) continue;
    const done = await restoreContent(db, actor, { courseId, lessonId, content, now });
    if (done.videoGone) videosGone.push(content.title);
  }
  return { videosGone, leftAlone: closed.size > 0 };
}

/** The outline as it was then; as it first was where that is later (nothing had changed before). */
async function findOutline(db: Db, courseId: string, at: number): Promise<OutlineContent> {
  const all = db
    .selectFrom('course_revision')
    .select('content')
    .where('course_id', '=', courseId)
    .where('lesson_id', 'is', null);
  const then = await all
    .where('ended_at', '<=', at)
    .orderBy('ended_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const first = then ?? (await all.orderBy('ended_at').orderBy('id').limit(1).executeTakeFirst());
  if (!first)
    throw new Conflict('no-outline', 'Nothing is kept of that time. Nothing was changed.');
  return JSON.parse(first.content) as OutlineContent;
}

/** Each lesson as it was then; those that had not changed since they were first kept, as they first were. */
async function findLessons(
  db: Db,
  courseId: string,
  at: number,
): Promise<Map<string, LessonContent>> {
  const rows = await db
    .selectFrom('course_revision')
    .select(['lesson_id', 'content', 'ended_at'])
    .where('course_id', '=', courseId)
    .where('lesson_id', 'is not', null)
    .orderBy('ended_at')
    .orderBy('id')
    .execute();
  const found = new Map<string, { content: string; endedAt: number }>();
  for (const { lesson_id: lessonId, content, ended_at: endedAt } of rows) {
    if (lessonId === null) continue;
    if (!found.has(lessonId) || endedAt <= at) found.set(lessonId, { content, endedAt });
  }
  return new Map(
    [...found].map(([lessonId, { content }]) => [lessonId, JSON.parse(content) as LessonContent]),
  );
}

/** Chapters and lessons, removed ones too, that the person does not edit. */
async function listClosed(trx: Trx, courseId: string, side: CourseSide): Promise<string[]> {
  const chapters = await trx
    .selectFrom('chapter')
    .select(['id', 'producer_organization_id', 'open_to_partners_since'])
    .where('course_id', '=', courseId)
    .execute();
  const lessons = await trx
    .selectFrom('lesson')
    .innerJoin('chapter', 'chapter.id', 'lesson.chapter_id')
    .select(['lesson.id', 'lesson.producer_organization_id', 'chapter.open_to_partners_since'])
    .where('lesson.course_id', '=', courseId)
    .execute();
  const isClosed = (row: (typeof chapters)[number]) =>
    !editsPart(side, {
      producerOrganizationId: row.producer_organization_id,
      openToPartners: row.open_to_partners_since !== null,
    });
  return [...chapters, ...lessons].filter(isClosed).map((row) => row.id);
}

async function readChapters(trx: Trx, courseId: string): Promise<OutlineChapter[]> {
  const { chapters } = await getCourseDraft(trx, courseId);
  return chapters.map(({ id, title, lessons }) => ({
    id,
    title,
    lessonIds: lessons.map((lesson) => lesson.id),
  }));
}

async function placeAll(
  trx: Trx,
  courseId: string,
  chapters: readonly OutlineChapter[],
  now: number,
): Promise<void> {
  const removed = { removed_at: now };
  await trx
    .updateTable('lesson')
    .set(removed)
    .where('course_id', '=', courseId)
    .where('removed_at', 'is', null)
    .execute();
  await trx
    .updateTable('chapter')
    .set(removed)
    .where('course_id', '=', courseId)
    .where('removed_at', 'is', null)
    .execute();
  for (const [index, chapter] of chapters.entries()) {
    await trx
      .updateTable('chapter')
      .set((eb) => ({
        title: chapter.title,
        position: index + 1,
        removed_at: null,
        version: eb('version', '+', 1),
      }))
      .where('id', '=', chapter.id)
      .execute();
    for (const [at, lessonId] of chapter.lessonIds.entries()) {
      await trx
        .updateTable('lesson')
        .set({ chapter_id: chapter.id, position: at + 1, removed_at: null })
        .where('id', '=', lessonId)
        .execute();
    }
  }
}
