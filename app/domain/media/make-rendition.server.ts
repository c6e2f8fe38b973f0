import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Source } from '~/infra/media-probe.server';
import {
  indexGrowingFile,
  indexPackagedFile,
  type PackagedFileIndex,
} from '~/infra/packaged-file.server';
import { encodeLadder, repackage, type Watching } from '~/infra/transcoder.server';
import type { Durable, MediaStore } from '~/infra/media-store.server';
import type { ConversionPlan, RenditionPlan } from './conversion-plan';
import type { PreviewPlan } from './previews';
import {
  addToMasterPlaylist,
  AUDIO_FOLDER,
  measureBitrates,
  renditionFolder,
  writeMediaPlaylist,
} from './playlist';

/** Something playable in the work folder: a packaged file and its playlist. */
export interface MadeSound {
  folder: string;
  bitrate: number;
  durationMs: number;
}

export interface MadeRendition extends MadeSound {
  width: number;
  height: number;
  /** The longest stretch without a keyframe, in s. */
  longestFragment: number;
  addToMaster: (master: string | undefined) => string;
}

/** What is encoded in one decoding of a source. */
export interface EncodingPlan {
  renditions: RenditionPlan[];
  sound: boolean;
  previews: PreviewPlan | undefined;
  /** Where the segments of a rendition that is there already begin, in s. */
  keyframes: number[] | undefined;
}

/** Renditions in the plan's order; the folder of the sheets of thumbnails, if there are any. */
export interface Encoded {
  renditions: MadeRendition[];
  sound: MadeSound | undefined;
  sheets: string | undefined;
}

export const PACKAGED = 'media.m4s';
const SHEETS = 'previews-%d.jpg';
const SOUND_RATE = 64_000;
// A job that waited since the rates were written down for each size.
const USUAL_SOUND_RATE = 96_000;

/** Copies a picture into a rendition, with its sound as the plan says. */
export async function copyRendition(
  source: Source,
  rendition: RenditionPlan,
  audio: ConversionPlan['audio'],
  work: string,
  watching: Watching,
): Promise<MadeRendition> {
  const folder = await openFolder(work, renditionFolder(rendition.height));
  const file = join(folder, PACKAGED);
  const index = await indexGrowingFile(file, repackage(source, audio, file, watching));
  return packageRendition(folder, rendition, index);
}

/** Encodes renditions, the sound alone and thumbnails in one decoding. */
export async function encodeRenditions(
  source: Source,
  plan: EncodingPlan,
  work: string,
  watching: Watching,
): Promise<Encoded> {
  const films = await Promise.all(
    plan.renditions.map(async (rendition) => {
      const folder = await openFolder(work, renditionFolder(rendition.height));
      const { picture } = rendition;
      if (picture === 'copy') throw new Error('a copied picture is not encoded');
      const { maxRate, soundRate = USUAL_SOUND_RATE } = picture;
      return { folder, rendition, output: { file: join(folder, PACKAGED), maxRate, soundRate } };
    }),
  );
  const soundFolder = plan.sound ? await openFolder(work, AUDIO_FOLDER) : undefined;
  const sheets = plan.previews ? await openFolder(work, 'previews') : undefined;
  const ladder = {
    films: films.map(({ rendition: { width, height }, output }) => ({ ...output, width, height })),
    sound: soundFolder ? { file: join(soundFolder, PACKAGED), rate: SOUND_RATE } : undefined,
    previews:
      plan.previews && sheets ? { ...plan.previews, pattern: join(sheets, SHEETS) } : undefined,
    keyframes: plan.keyframes,
  };
  await encodeLadder(source, ladder, watching);
  const renditions: MadeRendition[] = [];
  for (const { folder, rendition } of films) {
    const index = await indexPackagedFile(join(folder, PACKAGED));
    renditions.push(await packageRendition(folder, rendition, index));
  }
  const sound = soundFolder ? await packageSound(soundFolder) : undefined;
  return { renditions, sound, sheets };
}

async function openFolder(work: string, name: string): Promise<string> {
  const folder = join(work, name);
  await mkdir(folder, { recursive: true });
  return folder;
}

async function packageRendition(
  folder: string,
  { width, height }: RenditionPlan,
  { durationMs, ...index }: PackagedFileIndex,
): Promise<MadeRendition> {
  const file = { ...index, width, height };
  await writeFile(join(folder, 'index.m3u8'), writeMediaPlaylist(file));
  return {
    folder,
    width,
    height,
    bitrate: measureBitrates(file).average,
    durationMs,
    longestFragment: Math.max(...file.fragments.map((fragment) => fragment.seconds)),
    addToMaster: (master) => addToMasterPlaylist(master, file),
  };
}

// A track of sound without any sound in it has nothing to be played alone.
async function packageSound(folder: string): Promise<MadeSound | undefined> {
  const index = await indexPackagedFile(join(folder, PACKAGED)).catch(() => undefined);
  if (!index) return undefined;
  const { durationMs, ...file } = index;
  await writeFile(join(folder, 'index.m3u8'), writeMediaPlaylist(file));
  return { folder, bitrate: measureBitrates(file).average, durationMs };
}

/** Moves a rendition into the store, then lists it: nobody sees half of it, and twice is as once. */
export async function publishRendition(
  store: MediaStore,
  mediaId: string,
  made: MadeRendition,
  durable?: Durable,
): Promise<void> {
  await store.adopt(`${mediaId}/${renditionFolder(made.height)}`, made.folder, durable);
  const key = `${mediaId}/master.m3u8`;
  await store.write(key, made.addToMaster(await store.readText(key)), durable);
}
