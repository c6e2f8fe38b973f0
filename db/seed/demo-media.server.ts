import { existsSync } from 'node:fs';
import { cp, readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MediaStore } from '~/infra/media-store.server';

export interface DemoMedia {
  slug: string;
  filename: string;
  durationMs: number;
  width: number;
  height: number;
  bitrate: number;
  bytes: number;
  /** Bits a second of the sound alone. */
  audioBitrate: number;
  /** How many thumbnails there are along the seek bar. */
  previews: number;
  /** Languages of its captions. */
  captions: string[];
}

/** The project's folder: the nearest one above this file, bundled or not, that holds package.json. */
function findProjectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder)
    folder = dirname(folder);
  return folder;
}

const mediaFolder = () => join(findProjectRoot(), 'db', 'demo', 'media');

/** The demo world's ready-made videos, which play without ffmpeg. */
export async function readDemoMedia(slug: string): Promise<DemoMedia> {
  const folder = join(mediaFolder(), slug);
  const described = JSON.parse(await readFile(join(folder, 'media.json'), 'utf8')) as DemoMedia;
  const captions = (await readdir(folder)).flatMap(
    (name) => /^captions\.(\w+)\.vtt$/.exec(name)?.[1] ?? [],
  );
  return { ...described, captions };
}

/** Copies one demo video into the media store under its media id. */
export async function installDemoMedia(
  store: MediaStore,
  slug: string,
  mediaId: string,
): Promise<void> {
  const work = await store.workDirectory(`demo-${mediaId}`);
  await cp(join(mediaFolder(), slug), work, { recursive: true });
  await store.adopt(mediaId, work);
}
