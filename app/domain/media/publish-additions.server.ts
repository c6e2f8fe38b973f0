import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '~db/client.server';
import type { MediaStore } from '~/infra/media-store.server';
import { ProgramFailed } from '~/infra/run-program.server';
import { makePoster } from '~/infra/transcoder.server';
import { publishRendition, type MadeRendition, type MadeSound } from './make-rendition.server';
import { AUDIO_FOLDER } from './playlist';
import { posterFile, posterMoments } from './posters';
import { previewSheet, writePreviews, type PreviewPlan } from './previews';

/** The media that something is added to, while it can be watched already. */
export interface Published {
  db: Db;
  store: MediaStore;
  mediaId: string;
}

/** Adds a rendition; the media has the size of its largest. */
export async function addRendition(
  { db, store, mediaId }: Published,
  made: MadeRendition,
): Promise<void> {
  await publishRendition(store, mediaId, made);
  const { width, height, bitrate } = made;
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('rendition')
      .values({ media_id: mediaId, height, bitrate })
      .onConflict((oc) => oc.columns(['media_id', 'height']).doUpdateSet({ bitrate }))
      .execute();
    await trx
      .updateTable('media')
      .set({ width, height })
      .where('id', '=', mediaId)
      .where('height', '<', height)
      .execute();
  });
}

/** Adds the sound alone, which no master playlist lists. */
export async function publishSound(
  { db, store, mediaId }: Published,
  made: MadeSound,
): Promise<void> {
  await store.adopt(`${mediaId}/${AUDIO_FOLDER}`, made.folder);
  await db
    .updateTable('media')
    .set({ audio_bitrate: made.bitrate })
    .where('id', '=', mediaId)
    .execute();
}

/** Adds the thumbnails along the seek bar: the sheets first, then the list that names them. */
export async function publishPreviews(
  { db, store, mediaId }: Published,
  made: { folder: string; plan: PreviewPlan; durationMs: number },
): Promise<void> {
  const { folder, plan, durationMs } = made;
  const sheets = (await readdir(folder)).length;
  if (sheets === 0) return;
  for (let n = 1; n <= sheets; n += 1) {
    await store.adoptFile(`${mediaId}/${previewSheet(n)}`, join(folder, previewSheet(n)));
  }
  await store.write(`${mediaId}/previews.vtt`, writePreviews(plan, durationMs, sheets));
  await db.updateTable('media').set({ previews: plan.count }).where('id', '=', mediaId).execute();
}

/**
 * Adds the stills to choose a poster from, and shows the first. A moment that gives no picture is
 * left out.
 */
export async function publishPosters(
  { db, store, mediaId }: Published,
  film: { input: string; demuxer: string },
  durationMs: number,
  work: string,
  signal: AbortSignal,
): Promise<void> {
  const folder = join(work, 'posters');
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (const at of posterMoments(durationMs)) {
    const file = join(folder, posterFile(files.length + 1));
    await makePoster(film, at, file, { signal }).catch((error: unknown) => {
      if (!(error instanceof ProgramFailed && error.how === 'exit')) throw error;
    });
    if (await stat(file).catch(() => undefined)) files.push(file);
  }
  const [first] = files;
  if (first === undefined) return;
  await store.write(`${mediaId}/poster.jpg`, await readFile(first));
  for (const [n, file] of files.entries())
    await store.adoptFile(`${mediaId}/${posterFile(n + 1)}`, file);
  await db.updateTable('media').set({ posters: files.length }).where('id', '=', mediaId).execute();
}
