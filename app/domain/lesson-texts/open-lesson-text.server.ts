import * as Y from 'yjs';
import type { Db, Trx } from '~db/client.server';
import { NotFound } from '../shared/errors';
import { documentOfArticle } from './convert-text.server';

/** A text as stored: its document, and the number of the newest edit in it. */
export interface StoredText {
  doc: Y.Doc;
  lastNumber: number;
  /** How many edits lie after the snapshot. */
  loose: number;
}

/**
 * The lesson's text from the database. At its first opening the lesson's article becomes the document;
 * two servers that do so at once make one and the same. NotFound where there is no such lesson.
 */
export async function openLessonText(
  db: Db | Trx,
  lessonId: string,
  now: number,
): Promise<StoredText> {
  const stored = await readLessonText(db, lessonId);
  if (stored) return stored;
  const lesson = await db
    .selectFrom('lesson')
    .select('article_html')
    .where('id', '=', lessonId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (!lesson) throw new NotFound();
  const snapshot = toText(documentOfArticle(lesson.article_html));
  const first = { snapshot_number: 0, last_number: 0, derived_number: 0, opened_at: now };
  await db
    .insertInto('lesson_text')
    .values({ lesson_id: lessonId, snapshot, ...first, changed_by: null, changed_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const opened = await readLessonText(db, lessonId);
  if (!opened) throw new NotFound();
  return opened;
}

/** The stored text, or undefined when nobody has opened it yet. */
export async function readLessonText(
  db: Db | Trx,
  lessonId: string,
): Promise<StoredText | undefined> {
  const text = await db
    .selectFrom('lesson_text')
    .select(['snapshot', 'snapshot_number'])
    .where('lesson_id', '=', lessonId)
    .executeTakeFirst();
  if (!text) return undefined;
  const edits = await listEdits(db, lessonId, text.snapshot_number);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, fromText(text.snapshot));
  if (edits.length > 0) Y.applyUpdate(doc, Y.mergeUpdates(edits.map(({ update }) => update)));
  const lastNumber = edits.at(-1)?.number ?? text.snapshot_number;
  return { doc, lastNumber, loose: edits.length };
}

/** The edits after the one of this number, oldest first. */
export async function listEdits(
  db: Db | Trx,
  lessonId: string,
  after: number,
): Promise<{ number: number; update: Uint8Array }[]> {
  const rows = await db
    .selectFrom('lesson_text_edit')
    .select(['number', 'content'])
    .where('lesson_id', '=', lessonId)
    .where('number', '>', after)
    .orderBy('number')
    .execute();
  return rows.map(({ number, content }) => ({ number, update: fromText(content) }));
}

/** Bytes as both engines keep them. */
export const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const fromText = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
