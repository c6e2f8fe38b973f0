import type { Db } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { NotFound } from '../shared/errors';
import { findSameMedia } from './list-same-media.server';

/** Keeps a video although the author's organization has the same one: it is not offered again. */
export async function keepMedia(
  db: Db,
  actor: Actor,
  input: { courseId: string; mediaId: string; now: number },
): Promise<void> {
  if (!(await findSameMedia(db, actor, input))) throw new NotFound();
  await db
    .updateTable('media')
    .set({ kept_by: actor.personId, kept_at: input.now })
    .where('id', '=', input.mediaId)
    .execute();
}
