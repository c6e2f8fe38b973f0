import { buffer } from 'node:stream/consumers';
import type { Db } from '~db/client.server';
import type { MediaStore } from '~/infra/media-store.server';
import { recordAudit } from '../audit/record-audit.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requireMediaEditor } from '../co-authoring/part-reach.server';
import { Invalid, NotFound } from '../shared/errors';
import { posterFile } from './posters';

/**
 * Shows another of a video's stills as its poster; for those who change it, and published versions
 * show it, too. `poster` counts from 1; Invalid when there is no such still.
 */
export async function choosePoster(
  db: Db,
  store: MediaStore,
  actor: Actor,
  input: { courseId: string; mediaId: string; poster: number; now: number },
): Promise<void> {
  const { courseId, mediaId, poster, now } = input;
  const media = await db
    .selectFrom('media')
    .select(['filename', 'posters'])
    .where('id', '=', mediaId)
    .where('course_id', '=', courseId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (!media) throw new NotFound();
  const { authorFor } = await requireMediaEditor(db, actor, mediaId);
  if (!(poster >= 1 && poster <= media.posters)) {
    throw new Invalid([{ pointer: '/poster', message: 'no-such-still' }]);
  }
  const still = await buffer(store.read(`${mediaId}/${posterFile(poster)}`));
  await store.write(`${mediaId}/poster.jpg`, still);
  await db.transaction().execute(async (trx) => {
    await trx.updateTable('media').set({ poster }).where('id', '=', mediaId).execute();
    await recordAudit(trx, {
      at: now,
      actorId: actor.personId,
      organizationId: authorFor,
      action: 'choose-poster',
      subjectType: 'course',
      subjectId: courseId,
      detail: { mediaId, filename: media.filename, poster },
    });
  });
}
