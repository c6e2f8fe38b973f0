import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaProbe } from '~/infra/media-probe.server';
import type { MediaStore } from '~/infra/media-store.server';
import { indexPackagedFile } from '~/infra/packaged-file.server';
import { encodeRendition } from '~/infra/transcoder.server';
import type { ConversionPlan, RenditionPlan } from './conversion-plan';
import {
  addToMasterPlaylist,
  measureBitrates,
  renditionFolder,
  writeMediaPlaylist,
} from './playlist';

export interface Source {
  input: string;
  demuxer: string;
  probe: MediaProbe;
}

export interface MadeRendition {
  /** The packaged file in the work folder. */
  folder: string;
  width: number;
  height: number;
  bitrate: number;
  durationMs: number;
  /** The longest stretch without a keyframe, in s. */
  longestFragment: number;
  addToMaster: (master: string | undefined) => string;
}

/**
 * Makes one rendition in the work folder: the packaged file and its playlist. Sound is kept as it is
 * only beside a picture that is.
 */
export async function makeRendition(
  source: Source,
  rendition: RenditionPlan,
  audio: ConversionPlan['audio'],
  work: string,
  signal: AbortSignal,
): Promise<MadeRendition> {
  const folder = join(work, renditionFolder(rendition.height));
  await mkdir(folder, { recursive: true });
  const output = join(folder, 'media.m4s');
  const sound = rendition.picture !== 'copy' && audio === 'copy' ? 'encode' : audio;
  await encodeRendition({ ...source, ...rendition, audio: sound }, output, signal);
  const { durationMs, ...index } = await indexPackagedFile(output);
  const file = { ...index, width: rendition.width, height: rendition.height };
  await writeFile(join(folder, 'index.m3u8'), writeMediaPlaylist(file));
  return {
    folder,
    width: rendition.width,
    height: rendition.height,
    bitrate: measureBitrates(file).average,
    durationMs,
    longestFragment: Math.max(...file.fragments.map((fragment) => fragment.seconds)),
    addToMaster: (master) => addToMasterPlaylist(master, file),
  };
}

/** Moves a rendition into the store, then lists it: nobody sees half of it, and twice is as once. */
export async function publishRendition(
  store: MediaStore,
  mediaId: string,
  made: MadeRendition,
): Promise<void> {
  await store.adopt(`${mediaId}/${renditionFolder(made.height)}`, made.folder);
  const key = `${mediaId}/master.m3u8`;
  await store.write(key, made.addToMaster(await store.readText(key)));
}
