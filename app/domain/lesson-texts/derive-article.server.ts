import * as Y from 'yjs';
import type { Db, Trx } from '~db/client.server';
import { askNewLinks } from '../courses/ask-link-check.server';
import { withLessonRevision } from '../revisions/keep-revisions.server';
import { articleOfDocument } from './convert-text.server';
import { readLessonText, toText } from './open-lesson-text.server';

/** So many edits after the snapshot are folded into it: opening a text reads no more of them. */
const LOOSE_EDITS = 200;

/**
 * Writes what the text says into the lesson's `article_html`, where it lags behind; answers whether it
 * did. The lesson's version stays: it guards title and author, which the text does not touch.
 */
export async function deriveArticle(db: Db | Trx, lessonId: string): Promise<boolean> {
  if (db.isTransaction) return derive(db, lessonId);
  return db.transaction().execute((trx) => derive(trx, lessonId));
}

/** The same for every text of a course that lags: before anything is published or compared. */
export async function deriveCourseArticles(db: Db | Trx, courseId: string): Promise<void> {
  const lagging = await db
    .selectFrom('lesson_text')
    .innerJoin('lesson', 'lesson.id', 'lesson_text.lesson_id')
    .select('lesson_text.lesson_id')
    .where('lesson.course_id', '=', courseId)
    .whereRef('lesson_text.derived_number', '<', 'lesson_text.last_number')
    .orderBy('lesson_text.lesson_id')
    .execute();
  for (const { lesson_id: lessonId } of lagging) await deriveArticle(db, lessonId);
}

/** The texts of all courses that lag: what a killed server left behind. */
export async function listLaggingTexts(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('lesson_text')
    .select('lesson_id')
    .whereRef('derived_number', '<', 'last_number')
    .execute();
  return rows.map((row) => row.lesson_id);
}

async function derive(trx: Db | Trx, lessonId: string): Promise<boolean> {
  // Whoever derives or writes at the same time waits for this row, so that an older state never comes last.
  const marked = await trx
    .updateTable('lesson_text')
    .set((eb) => ({ derived_number: eb.ref('last_number') }))
    .where('lesson_id', '=', lessonId)
    .whereRef('derived_number', '<', 'last_number')
    .returning(['last_number', 'changed_by', 'changed_at'])
    .executeTakeFirst();
  const text = marked && (await readLessonText(trx, lessonId));
  if (!text) return false;
  const html = articleOfDocument(text.doc);
  const write = () => writeArticle(trx, lessonId, html, marked.changed_at);
  const { changed_by: personId, changed_at: now } = marked;
  if (personId === null || now === null) await write();
  else {
    const organizationId = await writerOrganization(trx, lessonId, marked.last_number);
    await withLessonRevision(trx, lessonId, { personId, organizationId, now }, write);
  }
  if (text.loose < LOOSE_EDITS) return true;
  await trx
    .updateTable('lesson_text')
    .set({
      snapshot: toText(Y.encodeStateAsUpdate(text.doc)),
      snapshot_number: text.lastNumber,
    })
    .where('lesson_id', '=', lessonId)
    .execute();
  return true;
}

async function writeArticle(
  trx: Db | Trx,
  lessonId: string,
  html: string,
  now: number | null,
): Promise<void> {
  const { courseId } = await trx
    .updateTable('lesson')
    .set({ article_html: html })
    .where('id', '=', lessonId)
    .returning('course_id as courseId')
    .executeTakeFirstOrThrow();
  if (now !== null) await askNewLinks(trx, { courseId, html, now });
}

/** For whom the newest edit was written. */
async function writerOrganization(
  trx: Db | Trx,
  lessonId: string,
  number: number,
): Promise<string | null> {
  const edit = await trx
    .selectFrom('lesson_text_edit')
    .select('organization_id')
    .where('lesson_id', '=', lessonId)
    .where('number', '=', number)
    .executeTakeFirst();
  return edit?.organization_id ?? null;
}
