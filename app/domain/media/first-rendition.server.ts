import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '~db/client.server';
import type { MediaStore } from '~/infra/media-store.server';
import type { Source } from '~/infra/media-probe.server';
import { NothingToPlay } from '~/infra/packaged-file.server';
import { ProgramFailed } from '~/infra/run-program.server';
import { announceJob } from '~/infra/job-signal.server';
import { canTranscode, makePoster } from '~/infra/transcoder.server';
import { addJob } from '../jobs/add-job.server';
import { Postponed } from '../jobs/postponed';
import {
  isOutOfRoom,
  OBSTACLE_WAIT_MS,
  WAITING_FOR_FFMPEG,
  WAITING_FOR_ROOM,
} from './conversion-obstacles';
import {
  isCutShort,
  SHORTEST_MS,
  type ConversionPlan,
  type RenditionPlan,
} from './conversion-plan';
import { publishRendition, type MadeRendition } from './make-rendition.server';
import { posterMoments } from './posters';
import { readSource } from './read-source.server';
import { refuseMedia } from './refuse-media.server';
import { uploadFile } from './upload-file.server';

/** The note of a video whose end is missing. */
export const CUT_SHORT = 'cut-short';

export interface ConversionTools {
  store: MediaStore;
  now: () => number;
  signal: AbortSignal;
}

/**
 * A media that has nothing to watch yet, or nothing that is known to be on the disk for good, with its
 * plan; undefined when there is nothing to do, or when the file cannot be used and was refused. Throws
 * Postponed while ffmpeg is not installed.
 */
export async function openConversion(
  db: Db,
  mediaId: string,
  tools: ConversionTools,
): Promise<{ source: Source; plan: ConversionPlan } | undefined> {
  const media = await db
    .selectFrom('media')
    .select('state')
    .where('id', '=', mediaId)
    .executeTakeFirst();
  const unsettled = media?.state === 'playable' && !(await isQueued(db, mediaId));
  if (media?.state !== 'received' && media?.state !== 'converting' && !unsettled) return undefined;
  if (!(await canTranscode())) {
    await setState(db, mediaId, 'received', WAITING_FOR_FFMPEG, tools.now());
    throw new Postponed(WAITING_FOR_FFMPEG, OBSTACLE_WAIT_MS);
  }
  await setState(db, mediaId, 'converting', null, tools.now());
  const read = await readSource(uploadFile(tools.store, mediaId), tools.signal);
  if (!('refused' in read)) return read;
  await refuseMedia(db, tools.store, mediaId, read.refused, tools.now());
  return undefined;
}

/** Whether the work that follows the first rendition was given to the queue, which is when that is settled. */
async function isQueued(db: Db, mediaId: string): Promise<boolean> {
  const job = await db
    .selectFrom('job')
    .select('id')
    .where('kind', '=', 'add-renditions')
    .where('payload', 'like', `%"mediaId":"${mediaId}"%`)
    .executeTakeFirst();
  return job !== undefined;
}

/**
 * Publishes the first rendition, so that it can be watched at once; then adds a poster, writes both
 * through to the disk, and queues what is left. Interrupted between the two, it is made again. False
 * when `make` found that there is none to be had this way. A source that gives nothing is refused.
 * Throws Postponed while the disk is full.
 */
export async function publishFirst(
  db: Db,
  media: { id: string; source: Source },
  tools: ConversionTools,
  make: (work: string) => Promise<{ made: MadeRendition; left: RenditionPlan[] } | undefined>,
): Promise<boolean> {
  const { store, signal, now } = tools;
  const workName = `convert-${media.id}`;
  await store.removeWork(workName);
  const work = await store.workDirectory(workName);
  try {
    const first = await make(work);
    if (!first) return false;
    if (first.made.durationMs < SHORTEST_MS) throw new NothingToPlay('too little to play');
    signal.throwIfAborted();
    await publishRendition(store, media.id, first.made, 'later');
    const note = isCutShort(first.made.durationMs, media.source.probe.durationMs)
      ? CUT_SHORT
      : null;
    const seen = await record(db, media.id, { ...first, note, now: now() });
    if (!seen) return true;
    await publishPoster(store, media, first.made.durationMs, work, signal);
    await store.settle(media.id);
    const payload = { mediaId: media.id, renditions: JSON.stringify(first.left) };
    await addJob(db, { kind: 'add-renditions', payload, now: now() });
    announceJob();
  } catch (error) {
    if (isOutOfRoom(error)) {
      await setState(db, media.id, 'received', WAITING_FOR_ROOM, now());
      throw new Postponed(WAITING_FOR_ROOM, OBSTACLE_WAIT_MS);
    }
    if (!isUnreadable(error)) throw error;
    await refuseMedia(db, store, media.id, 'damaged', now());
  } finally {
    await store.removeWork(workName);
  }
  return true;
}

/** A first still, until there are some to choose from: nobody waits for it. A film may have none. */
async function publishPoster(
  store: MediaStore,
  media: { id: string; source: Source },
  durationMs: number,
  work: string,
  signal: AbortSignal,
): Promise<void> {
  const poster = join(work, 'poster.jpg');
  const [at = 0] = posterMoments(durationMs);
  const ways = [{ at, urgent: true as const }, { at }, { at: 0 }];
  for (const { at: moment, ...how } of ways) {
    await makePoster(media.source, moment, poster, { signal, ...how }).catch((error: unknown) => {
      if (!isUnreadable(error)) throw error;
    });
    const made = await stat(poster).catch(() => undefined);
    if (made) return store.adoptFile(`${media.id}/poster.jpg`, poster, 'later');
  }
}

/** ffmpeg gave up on the file itself, not on the machine; or the file gave nothing. */
function isUnreadable(error: unknown): boolean {
  if (error instanceof NothingToPlay) return true;
  return (
    error instanceof ProgramFailed &&
    error.how === 'exit' &&
    !/Cannot allocate|Resource temporarily/.test(error.stderr)
  );
}

/** Lets people watch it; false when it was taken away meanwhile. */
async function record(
  db: Db,
  mediaId: string,
  first: { made: MadeRendition; note: string | null; now: number },
): Promise<boolean> {
  const { made, note, now } = first;
  return db.transaction().execute(async (trx) => {
    const updated = await trx
      .updateTable('media')
      .set({
        state: 'playable',
        reason: null,
        percent: null,
        note,
        duration_ms: made.durationMs,
        width: made.width,
        height: made.height,
        updated_at: now,
      })
      .where('id', '=', mediaId)
      .where('state', 'in', ['converting', 'playable'])
      .executeTakeFirst();
    if (Number(updated.numUpdatedRows) === 0) return false;
    await trx
      .insertInto('rendition')
      .values({ media_id: mediaId, height: made.height, bitrate: made.bitrate })
      .onConflict((oc) => oc.columns(['media_id', 'height']).doUpdateSet({ bitrate: made.bitrate }))
      .execute();
    return true;
  });
}

async function setState(
  db: Db,
  mediaId: string,
  state: 'received' | 'converting',
  reason: string | null,
  now: number,
): Promise<void> {
  await db
    .updateTable('media')
    .set({ state, reason, updated_at: now })
    .where('id', '=', mediaId)
    .where('state', 'in', ['received', 'converting'])
    .execute();
}
