import type { Db, Trx } from '~db/client.server';
import { announceJob } from '~/infra/job-signal.server';
import type { MediaStore } from '~/infra/media-store.server';
import { recordAudit } from '../audit/record-audit.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requireMediaEditor } from '../co-authoring/part-reach.server';
import { cancelJobs } from '../jobs/cancel-jobs.server';
import { Conflict, NotFound } from '../shared/errors';
import { removeUploadFile } from './upload-file.server';

/**
 * Takes a video away that no lesson shows, at whatever point of its conversion, which ends; for
 * those who change it. Conflict `media-in-use` when a lesson or a published version shows it.
 */
export async function removeMedia(
  db: Db,
  store: MediaStore,
  actor: Actor,
  input: { mediaId: string; now: number },
): Promise<void> {
  const { mediaId, now } = input;
  const media = await db
    .selectFrom('media')
    .select(['course_id', 'filename'])
    .where('id', '=', mediaId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (!media) throw new NotFound();
  const { authorFor } = await requireMediaEditor(db, actor, mediaId);
  await db.transaction().execute(async (trx) => {
    // Written before the lessons are looked at: see holdMedia.
    await trx
      .updateTable('media')
      .set({ state: 'refused', reason: 'removed', percent: null, updated_at: now })
      .set({ removed_by: actor.personId, removed_at: now })
      .where('id', '=', mediaId)
      .execute();
    if (await isInUse(trx, mediaId)) {
      throw new Conflict('media-in-use', 'A lesson shows this video. Nothing was changed.');
    }
    await cancelJobs(trx, { mediaId, now });
    await recordAudit(trx, {
      at: now,
      actorId: actor.personId,
      organizationId: authorFor,
      action: 'remove-media',
      subjectType: 'course',
      subjectId: media.course_id,
      detail: { mediaId, filename: media.filename },
    });
  });
  announceJob();
  await clearRemovedMedia(db, store, mediaId);
}

async function isInUse(trx: Trx, mediaId: string): Promise<boolean> {
  const lesson = await trx
    .selectFrom('lesson')
    .select('id')
    .where('media_id', '=', mediaId)
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  const published = await trx
    .selectFrom('course_version_lesson')
    .select('lesson_id')
    .where('media_id', '=', mediaId)
    .limit(1)
    .executeTakeFirst();
  return lesson !== undefined || published !== undefined;
}

/** Clears everything stored of a media, if it was taken away; twice is as once. */
export async function clearRemovedMedia(db: Db, store: MediaStore, mediaId: string): Promise<void> {
  const media = await db
    .selectFrom('media')
    .select('removed_at')
    .where('id', '=', mediaId)
    .executeTakeFirst();
  if (!media || media.removed_at === null) return;
  for (const name of ['convert', 'renditions']) await store.removeWork(`${name}-${mediaId}`);
  await store.remove(mediaId);
  await removeUploadFile(store, mediaId);
}
