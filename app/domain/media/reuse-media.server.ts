import type { Db } from '~db/client.server';
import type { MediaStore } from '~/infra/media-store.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requirePartEditor } from '../co-authoring/part-reach.server';
import { listShowing, showInstead } from '../courses/show-instead.server';
import { NotFound } from '../shared/errors';
import { holdMedia } from './hold-media.server';
import { findSameMedia } from './list-same-media.server';
import { removeMedia } from './remove-media.server';

/**
 * Uses the video that the author's organization has already instead of one uploaded again: every
 * lesson of the course that shows the second one shows the first, and the second is taken away. One
 * that a published version shows stays where it is. For those who edit each of those lessons. NotFound when there is no such twin.
 */
export async function reuseMedia(
  db: Db,
  store: MediaStore,
  actor: Actor,
  input: { courseId: string; mediaId: string; now: number },
): Promise<{ mediaId: string }> {
  const { courseId, mediaId, now } = input;
  const { personId } = actor;
  const { sameId, published } = await db.transaction().execute(async (trx) => {
    const same = await findSameMedia(trx, actor, input);
    if (!same) throw new NotFound();
    // In one order, whoever holds both.
    for (const id of [same.sameId, mediaId].sort()) {
      if ((await holdMedia(trx, id)) === 'refused') throw new NotFound();
    }
    for (const lessonId of await listShowing(trx, courseId, mediaId)) {
      await requirePartEditor(trx, actor, { lessonId });
    }
    const change = { courseId, mediaId, insteadId: same.sameId, personId, now };
    const shown = await showInstead(trx, change);
    if (shown.published) {
      await trx
        .updateTable('media')
        .set({ kept_by: personId, kept_at: now })
        .where('id', '=', mediaId)
        .execute();
    }
    return { sameId: same.sameId, published: shown.published };
  });
  if (!published) await removeMedia(db, store, actor, { mediaId, now });
  return { mediaId: sameId };
}
