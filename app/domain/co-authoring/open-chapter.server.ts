import type { Db } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import { Forbidden } from '../shared/errors';
import type { Actor } from './course-reach.server';
import { requirePartEditor } from './part-reach.server';
import { ownsPart } from './part-rights';

/**
 * Opens a chapter with its lessons to the authors of all organizations of the course, or closes it again; for
 * authors of the organization that produced it. Whoever has a text of it open loses or gets the right within
 * seconds. What it is already it stays, without a trace in the audit log.
 */
export async function openChapter(
  db: Db,
  actor: Actor,
  input: { courseId: string; chapterId: string; open: boolean; now: number },
): Promise<void> {
  const { courseId, chapterId, open, now } = input;
  await db.transaction().execute(async (trx) => {
    const reach = await requirePartEditor(trx, actor, { courseId, chapterId });
    if (!ownsPart(reach, reach)) throw new Forbidden();
    const changed = await trx
      .updateTable('chapter')
      .set({ open_to_partners_since: open ? now : null })
      .where('id', '=', chapterId)
      .where('open_to_partners_since', open ? 'is' : 'is not', null)
      .returning('title')
      .executeTakeFirst();
    if (!changed) return;
    await recordAudit(trx, {
      at: now,
      actorId: actor.personId,
      organizationId: reach.authorFor,
      action: open ? 'open-chapter' : 'close-chapter',
      subjectType: 'course',
      subjectId: courseId,
      detail: { chapterId, chapter: changed.title },
    });
  });
}
