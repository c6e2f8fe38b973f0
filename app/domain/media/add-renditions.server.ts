import { join } from 'node:path';
import type { Db } from '~db/client.server';
import type { Source } from '~/infra/media-probe.server';
import { canTranscode } from '~/infra/transcoder.server';
import { Postponed } from '../jobs/postponed';
import {
  isOutOfRoom,
  OBSTACLE_WAIT_MS,
  WAITING_FOR_FFMPEG,
  WAITING_FOR_ROOM,
} from './conversion-obstacles';
import type { RenditionPlan } from './conversion-plan';
import { noteProgress } from './conversion-progress.server';
import type { ConversionTools } from './first-rendition.server';
import { encodeRenditions, PACKAGED } from './make-rendition.server';
import { planPreviews } from './previews';
import { renditionFolder, segmentStarts } from './playlist';
import {
  addRendition,
  publishPosters,
  publishPreviews,
  publishSound,
} from './publish-additions.server';
import { readSource } from './read-source.server';
import { removeUploadFile, uploadFile } from './upload-file.server';

interface WatchableMedia {
  id: string;
  state: string;
  duration_ms: number;
  width: number;
  height: number;
  audio_bitrate: number | null;
  previews: number;
  posters: number;
}

/**
 * Makes what the first job left, in one decoding of the source: the other renditions, the sound
 * alone and thumbnails; then stills to choose a poster from. Then calls the media ready and lets go
 * of the uploaded file. May be interrupted and run again.
 */
export async function addRenditions(
  db: Db,
  job: { mediaId: string; renditions: RenditionPlan[] },
  tools: ConversionTools,
): Promise<void> {
  const { store, signal } = tools;
  const media = await db
    .selectFrom('media')
    .select(['id', 'state', 'duration_ms', 'width', 'height'])
    .select(['audio_bitrate', 'previews', 'posters'])
    .where('id', '=', job.mediaId)
    .executeTakeFirst();
  if (media?.state === 'playable') {
    if (!(await canTranscode())) throw new Postponed(WAITING_FOR_FFMPEG, OBSTACLE_WAIT_MS);
    await addAll(db, media, job.renditions, tools);
    await db
      .updateTable('media')
      .set({ state: 'ready', reason: null, percent: null, updated_at: tools.now() })
      .where('id', '=', media.id)
      .where('state', '=', 'playable')
      .execute();
  }
  if (media && !signal.aborted) await removeUploadFile(store, media.id);
}

async function addAll(
  db: Db,
  media: WatchableMedia,
  planned: RenditionPlan[],
  tools: ConversionTools,
): Promise<void> {
  const { store, signal } = tools;
  const read = await readSource(uploadFile(store, media.id), signal);
  if ('refused' in read) throw new Error(`the uploaded file cannot be read again: ${read.refused}`);
  const workName = `renditions-${media.id}`;
  await store.removeWork(workName);
  try {
    const work = await store.workDirectory(workName);
    const renditions = await listMissing(db, media.id, planned);
    await encodeAndPublish(db, media, { source: read.source, renditions, work }, tools);
  } catch (error) {
    if (isOutOfRoom(error)) throw new Postponed(WAITING_FOR_ROOM, OBSTACLE_WAIT_MS);
    throw error;
  } finally {
    await store.removeWork(workName);
  }
}

async function listMissing(
  db: Db,
  mediaId: string,
  planned: RenditionPlan[],
): Promise<RenditionPlan[]> {
  const done = await db
    .selectFrom('rendition')
    .select('height')
    .where('media_id', '=', mediaId)
    .execute();
  return planned.filter((plan) => !done.some((row) => row.height === plan.height));
}

async function encodeAndPublish(
  db: Db,
  media: WatchableMedia,
  { source, renditions, work }: { source: Source; renditions: RenditionPlan[]; work: string },
  { store, signal }: ConversionTools,
): Promise<void> {
  const size = renditions.reduce<{ width: number; height: number }>(
    (one, other) => (other.height > one.height ? other : one),
    media,
  );
  const film = { width: size.width, height: size.height, durationMs: media.duration_ms };
  const previews = media.previews === 0 ? planPreviews(film) : undefined;
  const sound = source.probe.audio !== undefined && media.audio_bitrate === null;
  const first = await store.readText(`${media.id}/${renditionFolder(media.height)}/index.m3u8`);
  const keyframes = first === undefined ? undefined : segmentStarts(first);
  const watching = { signal, onSeconds: noteProgress(db, media.id, media.duration_ms) };
  const made =
    renditions.length > 0 || sound || previews
      ? await encodeRenditions(source, { renditions, sound, previews, keyframes }, work, watching)
      : undefined;
  const published = { db, store, mediaId: media.id };
  if (media.posters === 0) {
    const best = made?.renditions.toSorted((a, b) => b.height - a.height)[0];
    const still = best ? { input: join(best.folder, PACKAGED), demuxer: 'mov' } : source;
    await publishPosters(published, still, media.duration_ms, work, signal);
  }
  signal.throwIfAborted();
  for (const rendition of made?.renditions ?? []) await addRendition(published, rendition);
  if (made?.sound) await publishSound(published, made.sound);
  if (made?.sheets && previews)
    await publishPreviews(published, {
      folder: made.sheets,
      plan: previews,
      durationMs: media.duration_ms,
    });
}
