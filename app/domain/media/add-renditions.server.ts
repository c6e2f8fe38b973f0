import type { Db } from '~db/client.server';
import { canTranscode } from '~/infra/transcoder.server';
import { Postponed } from '../jobs/postponed';
import {
  isOutOfRoom,
  OBSTACLE_WAIT_MS,
  WAITING_FOR_FFMPEG,
  WAITING_FOR_ROOM,
} from './conversion-obstacles';
import type { RenditionPlan } from './conversion-plan';
import type { ConversionTools } from './convert-media.server';
import { makeRendition, publishRendition } from './make-rendition.server';
import { readSource } from './read-source.server';
import { removeUploadFile, uploadFile } from './upload-file.server';

/**
 * Makes the renditions that the first job left, each visible as soon as it is done, then calls the
 * media ready and lets go of the uploaded file. May be interrupted and run again.
 */
export async function addRenditions(
  db: Db,
  job: { mediaId: string; renditions: RenditionPlan[] },
  tools: ConversionTools,
): Promise<void> {
  const { mediaId } = job;
  const { store, signal } = tools;
  const media = await db
    .selectFrom('media')
    .select('state')
    .where('id', '=', mediaId)
    .executeTakeFirst();
  if (media?.state === 'playable') {
    if (!(await canTranscode())) throw new Postponed(WAITING_FOR_FFMPEG, OBSTACLE_WAIT_MS);
    await makeThem(db, job, tools);
    await db
      .updateTable('media')
      .set({ state: 'ready', reason: null, updated_at: tools.now() })
      .where('id', '=', mediaId)
      .where('state', '=', 'playable')
      .execute();
  }
  if (media && !signal.aborted) await removeUploadFile(store, mediaId);
}

async function makeThem(
  db: Db,
  job: { mediaId: string; renditions: RenditionPlan[] },
  { store, signal }: ConversionTools,
): Promise<void> {
  const { mediaId } = job;
  const done = await db
    .selectFrom('rendition')
    .select('height')
    .where('media_id', '=', mediaId)
    .execute();
  const left = job.renditions.filter((plan) => !done.some((row) => row.height === plan.height));
  if (left.length === 0) return;
  const read = await readSource(uploadFile(store, mediaId), signal);
  if ('refused' in read) throw new Error(`the uploaded file cannot be read again: ${read.refused}`);
  const workName = `renditions-${mediaId}`;
  await store.removeWork(workName);
  try {
    for (const rendition of left) {
      const work = await store.workDirectory(workName);
      const made = await makeRendition(read.source, rendition, read.plan.audio, work, signal);
      signal.throwIfAborted();
      await publishRendition(store, mediaId, made);
      await db
        .insertInto('rendition')
        .values({ media_id: mediaId, height: made.height, bitrate: made.bitrate })
        .onConflict((oc) =>
          oc.columns(['media_id', 'height']).doUpdateSet({ bitrate: made.bitrate }),
        )
        .execute();
    }
  } catch (error) {
    if (isOutOfRoom(error)) throw new Postponed(WAITING_FOR_ROOM, OBSTACLE_WAIT_MS);
    throw error;
  } finally {
    await store.removeWork(workName);
  }
}
