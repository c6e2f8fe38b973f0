import type * as Y from 'yjs';
import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { openLessonText } from '../lesson-texts/open-lesson-text.server';
import { Conflict } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import type { Anchor, ThreadForm } from './comment-forms';
import { requireCommenter } from './comment-reach.server';
import { TextChanged } from './text-changed';
import { findRange } from './text-range';
import { noteCommentChange, writeComment } from './write-comment.server';

/** What somebody says first. */
export interface NewThread {
  lessonId: string;
  thread: ThreadForm;
  now: number;
}

/**
 * Begins a thread about a lesson, as a comment or with a suggestion. TextChanged where a suggestion's range reads
 * differently on the server (somebody is writing there), Conflict `other-video` where the lesson shows another video.
 * Outsiders get NotFound, insiders who may not read the draft Forbidden.
 */
export async function beginThread(
  db: Db | Trx,
  actor: Actor,
  input: NewThread,
): Promise<{ threadId: string }> {
  if (db.isTransaction) return begin(db, actor, input);
  return db.transaction().execute((trx) => begin(trx, actor, input));
}

async function begin(trx: Db | Trx, actor: Actor, input: NewThread): Promise<{ threadId: string }> {
  const { lessonId, thread, now } = input;
  const { courseId, organizationId } = await requireCommenter(trx, actor, lessonId);
  const { anchor, body, mentions, replacement } = thread;
  if (replacement !== undefined && anchor.kind === 'text') {
    const { doc } = await openLessonText(trx, lessonId, now);
    requireReading(doc, anchor, replacement);
  }
  const threadId = newId();
  if (anchor.kind === 'video') {
    const lesson = await trx
      .selectFrom('lesson')
      .select('media_id')
      .where('id', '=', lessonId)
      .executeTakeFirst();
    if (lesson?.media_id !== anchor.mediaId) throw new Conflict('other-video');
  }
  await trx
    .insertInto('comment_thread')
    .values({
      id: threadId,
      course_id: courseId,
      lesson_id: lessonId,
      ...columnsOf(anchor),
      replacement: replacement ?? null,
      created_by: actor.personId,
      organization_id: organizationId,
      created_at: now,
      outcome: null,
      decided_by: null,
      decided_for: null,
      decided_at: null,
      edit_number: null,
      resolved_by: null,
      resolved_at: null,
    })
    .execute();
  const { personId } = actor;
  const said = { courseId, threadId, personId, organizationId, body, mentions, now };
  if (body !== '') await writeComment(trx, said);
  await noteCommentChange(trx, lessonId);
  return { threadId };
}

function requireReading(doc: Y.Doc, anchor: Anchor & { kind: 'text' }, replacement: string): void {
  const { quote } = anchor;
  const found = findRange(doc, anchor);
  if (found?.words === quote) return;
  throw new TextChanged({ quote, present: found?.words ?? null, replacement });
}

function columnsOf(anchor: Anchor) {
  const text = anchor.kind === 'text' ? anchor : undefined;
  const video = anchor.kind === 'video' ? anchor : undefined;
  return {
    anchor: anchor.kind,
    range_start: text?.start ?? null,
    range_end: text?.end ?? null,
    quote: text?.quote ?? null,
    media_id: video?.mediaId ?? null,
    moment_ms: video?.momentMs ?? null,
  };
}
