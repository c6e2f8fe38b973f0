import * as Y from 'yjs';
import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { appendEdits } from '../lesson-texts/append-edits.server';
import { deriveArticle } from '../lesson-texts/derive-article.server';
import { readLessonText } from '../lesson-texts/open-lesson-text.server';
import { Conflict, Forbidden, NotFound } from '../shared/errors';
import { requireDecider, requireThread } from './comment-reach.server';
import { TextChanged } from './text-changed';
import { findRange, replaceRange } from './text-range';
import { noteCommentChange } from './write-comment.server';

export interface Decision {
  threadId: string;
  outcome: 'accepted' | 'rejected' | 'withdrawn';
  now: number;
}

/**
 * Decides a suggestion. Accepting makes it an edit of the text in the same transaction, of the person who accepts,
 * and is refused with TextChanged where the text no longer reads as it was quoted. Who writes the lesson accepts and
 * rejects, who suggested it withdraws; others get Forbidden, outsiders NotFound. Conflict `already-decided` when
 * somebody was first.
 */
export async function decideSuggestion(db: Db, actor: Actor, decision: Decision): Promise<void> {
  const { threadId, outcome, now } = decision;
  await db.transaction().execute(async (trx) => {
    const { thread, ...speaker } = await requireThread(trx, actor, threadId);
    const { lesson_id: lessonId, replacement } = thread;
    if (replacement === null) throw new NotFound();
    let { organizationId } = speaker;
    if (outcome !== 'withdrawn') ({ organizationId } = await requireDecider(trx, actor, lessonId));
    else if (thread.created_by !== actor.personId) throw new Forbidden();
    // Whoever writes or decides at the same time waits for the text's row from here on.
    await noteCommentChange(trx, lessonId);
    const decided = await trx
      .updateTable('comment_thread')
      .set({ outcome, decided_by: actor.personId, decided_for: organizationId, decided_at: now })
      .where('id', '=', threadId)
      .where('outcome', 'is', null)
      .executeTakeFirst();
    if (!decided.numUpdatedRows) throw new Conflict('already-decided');
    if (outcome !== 'accepted') return;
    const by = { personId: actor.personId, organizationId };
    const number = await applySuggestion(trx, { ...thread, replacement }, by, now);
    await trx
      .updateTable('comment_thread')
      .set({ edit_number: number })
      .where('id', '=', threadId)
      .execute();
  });
}

/** Answers the number of the edit. */
async function applySuggestion(
  trx: Trx,
  suggestion: {
    lesson_id: string;
    range_start: string | null;
    range_end: string | null;
    quote: string | null;
    replacement: string;
  },
  by: { personId: string; organizationId: string },
  now: number,
): Promise<number> {
  const { lesson_id: lessonId, range_start: start, range_end: end, replacement } = suggestion;
  const quote = suggestion.quote ?? '';
  const text = await readLessonText(trx, lessonId);
  const found = text && start !== null && end !== null && findRange(text.doc, { start, end });
  if (!found || found.words !== quote) {
    throw new TextChanged({ quote, present: found ? found.words : null, replacement });
  }
  // What others wrote before stays theirs in the history.
  await deriveArticle(trx, lessonId);
  const update = updateBy(text.doc, () => replaceRange(found, replacement));
  const number = await appendEdits(trx, lessonId, [{ ...by, update }], now);
  await deriveArticle(trx, lessonId);
  return number;
}

/** What a change adds to the document, as one update. */
function updateBy(doc: Y.Doc, change: () => void): Uint8Array {
  const updates: Uint8Array[] = [];
  const note = (update: Uint8Array) => updates.push(update);
  doc.on('update', note);
  doc.transact(change);
  doc.off('update', note);
  return Y.mergeUpdates(updates);
}
