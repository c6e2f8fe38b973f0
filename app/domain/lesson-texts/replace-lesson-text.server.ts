import { generateJSON } from '@tiptap/html';
import { updateYFragment } from 'y-prosemirror';
import * as Y from 'yjs';
import type { Db } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { sanitizeArticle } from '../courses/sanitize-article.server';
import { Forbidden } from '../shared/errors';
import { appendEdits } from './append-edits.server';
import { deriveArticle } from './derive-article.server';
import { requireTextReader } from './lesson-text-reach.server';
import { openLessonText } from './open-lesson-text.server';
import { TEXT_FIELD, textExtensions, textSchema } from './text-schema';

/**
 * Makes the lesson's text say what an article says, as one edit of the person's: whoever has it open sees
 * it change within a second, and what they write meanwhile is merged. Outsiders get NotFound, those who
 * do not write Forbidden.
 */
export async function replaceLessonText(
  db: Db,
  actor: Actor,
  input: { lessonId: string; html: string; now: number },
): Promise<void> {
  const { lessonId, now } = input;
  const { writesFor: organizationId } = await requireTextReader(db, actor, lessonId);
  if (!organizationId) throw new Forbidden();
  const { doc } = await openLessonText(db, lessonId, now);
  const before = Y.encodeStateVector(doc);
  const json = generateJSON(sanitizeArticle(input.html) || '<p></p>', textExtensions);
  const wanted = textSchema.nodeFromJSON(json);
  const known = { mapping: new Map(), isOMark: new Map() };
  doc.transact(() => updateYFragment(doc, doc.getXmlFragment(TEXT_FIELD), wanted, known));
  const update = Y.encodeStateAsUpdate(doc, before);
  await appendEdits(db, lessonId, [{ personId: actor.personId, organizationId, update }], now);
  await deriveArticle(db, lessonId);
}
