import type { Db } from '~db/client.server';
import type { MediaStore } from '~/infra/media-store.server';
import { ProgramFailed } from '~/infra/run-program.server';
import { canTranscode, makePoster } from '~/infra/transcoder.server';
import { join } from 'node:path';
import { addJob } from '../jobs/add-job.server';
import { Postponed } from '../jobs/postponed';
import {
  isOutOfRoom,
  OBSTACLE_WAIT_MS,
  WAITING_FOR_FFMPEG,
  WAITING_FOR_ROOM,
} from './conversion-obstacles';
import type { ConversionPlan, RenditionPlan } from './conversion-plan';
import {
  makeRendition,
  publishRendition,
  type MadeRendition,
  type Source,
} from './make-rendition.server';
import { readSource } from './read-source.server';
import { refuseMedia } from './refuse-media.server';
import { removeUploadFile, uploadFile } from './upload-file.server';

const LONGEST_COPIED_FRAGMENT_SECONDS = 12;

export interface ConversionTools {
  store: MediaStore;
  now: () => number;
  signal: AbortSignal;
}

/**
 * The first job on a finished upload: tells whether the file can be used, and makes the rendition
 * that is soonest ready, so that the lesson can be watched; the others follow as a job of their own.
 * May be interrupted at any moment and run again. Throws Postponed while ffmpeg is
 * not installed or the disk is full.
 */
export async function convertMedia(db: Db, mediaId: string, tools: ConversionTools): Promise<void> {
  const media = await db
    .selectFrom('media')
    .select('state')
    .where('id', '=', mediaId)
    .executeTakeFirst();
  if (!media || (media.state !== 'received' && media.state !== 'converting')) return;
  if (!(await canTranscode())) {
    await setState(db, mediaId, 'received', WAITING_FOR_FFMPEG, tools.now());
    throw new Postponed(WAITING_FOR_FFMPEG, OBSTACLE_WAIT_MS);
  }
  await setState(db, mediaId, 'converting', null, tools.now());
  const read = await readSource(uploadFile(tools.store, mediaId), tools.signal);
  if ('refused' in read) return refuseMedia(db, tools.store, mediaId, read.refused, tools.now());
  const workName = `convert-${mediaId}`;
  await tools.store.removeWork(workName);
  const work = await tools.store.workDirectory(workName);
  try {
    const { made, left } = await makeFirst(read.source, read.plan, work, tools.signal);
    if (isCutShort(made.durationMs, read.source.probe.durationMs)) {
      return await refuseMedia(db, tools.store, mediaId, 'damaged', tools.now());
    }
    const packaged = join(made.folder, 'media.m4s');
    await makePoster(packaged, made.durationMs, join(work, 'poster'), tools.signal);
    tools.signal.throwIfAborted();
    await tools.store.adoptFile(`${mediaId}/poster.jpg`, join(work, 'poster', 'poster.jpg'));
    await publishRendition(tools.store, mediaId, made);
    await record(db, mediaId, made, left, tools.now());
  } catch (error) {
    if (isOutOfRoom(error)) {
      await setState(db, mediaId, 'received', WAITING_FOR_ROOM, tools.now());
      throw new Postponed(WAITING_FOR_ROOM, OBSTACLE_WAIT_MS);
    }
    if (!isUnreadable(error)) throw error;
    return await refuseMedia(db, tools.store, mediaId, 'damaged', tools.now());
  } finally {
    await tools.store.removeWork(workName);
  }
  if ((await stateOf(db, mediaId)) === 'ready') await removeUploadFile(tools.store, mediaId);
}

async function makeFirst(
  source: Source,
  plan: ConversionPlan,
  work: string,
  signal: AbortSignal,
): Promise<{ made: MadeRendition; left: RenditionPlan[] }> {
  const [first = plan.instead, ...left] = plan.renditions;
  const copied = await tryFirst(source, first, plan.audio, work, signal);
  if (copied) return { made: copied, left };
  const [start = plan.instead, ...more] = [...left, plan.instead];
  return { made: await makeRendition(source, start, plan.audio, work, signal), left: more };
}

// A copied picture may turn out to be broken, or to have keyframes too far apart to seek in.
async function tryFirst(
  source: Source,
  first: RenditionPlan,
  audio: ConversionPlan['audio'],
  work: string,
  signal: AbortSignal,
): Promise<MadeRendition | undefined> {
  if (first.picture !== 'copy') return makeRendition(source, first, audio, work, signal);
  try {
    const made = await makeRendition(source, first, audio, work, signal);
    return made.longestFragment <= LONGEST_COPIED_FRAGMENT_SECONDS ? made : undefined;
  } catch (error) {
    if (error instanceof ProgramFailed && error.how === 'exit') return undefined;
    throw error;
  }
}

/** ffmpeg gave up on the file itself, not on the machine. */
function isUnreadable(error: unknown): boolean {
  return (
    error instanceof ProgramFailed &&
    error.how === 'exit' &&
    !/Cannot allocate|Resource temporarily/.test(error.stderr)
  );
}

/** The file promises more than it holds: the end was lost on the way. */
function isCutShort(packagedMs: number, promisedMs: number): boolean {
  return packagedMs < promisedMs * 0.97 - 2000;
}

async function record(
  db: Db,
  mediaId: string,
  made: MadeRendition,
  left: RenditionPlan[],
  now: number,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const updated = await trx
      .updateTable('media')
      .set({
        state: left.length > 0 ? 'playable' : 'ready',
        reason: null,
        duration_ms: made.durationMs,
        width: made.width,
        height: made.height,
        updated_at: now,
      })
      .where('id', '=', mediaId)
      .where('state', '=', 'converting')
      .executeTakeFirst();
    if (Number(updated.numUpdatedRows) === 0) return;
    await trx
      .insertInto('rendition')
      .values({ media_id: mediaId, height: made.height, bitrate: made.bitrate })
      .onConflict((oc) => oc.columns(['media_id', 'height']).doUpdateSet({ bitrate: made.bitrate }))
      .execute();
    if (left.length > 0) {
      const payload = { mediaId, renditions: JSON.stringify(left) };
      await addJob(trx, { kind: 'add-renditions', payload, now });
    }
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

async function stateOf(db: Db, mediaId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('media')
    .select('state')
    .where('id', '=', mediaId)
    .executeTakeFirst();
  return row?.state;
}
