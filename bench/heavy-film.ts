import SQLite from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addToMasterPlaylist,
  measureBitrates,
  writeMediaPlaylist,
} from '../app/domain/media/playlist';
import { indexPackagedFile } from '../app/infra/packaged-file.server';
import type { ServedWorld } from './served-world';

const SIZES = {
  240: { width: 426, picture: '130k', most: '140k' },
  480: { width: 854, picture: '400k', most: '440k' },
} as const;
type Height = keyof typeof SIZES;
const SOUND = ['-c:a', 'aac', '-ac', '1', '-b:a', '32k'];

export interface Rates {
  height: number;
  /** Bits a second: the mean, and the heaviest segment. */
  average: number;
  peak: number;
}

/**
 * Puts a restless picture in the place of the lesson's drawings, which need a tenth of its rate: what a phone gets of
 * a film from a workshop. At 240p picture and sound together stay under 200 kbit/s in every segment.
 */
export async function layHeavyFilm(
  world: Pick<ServedWorld, 'dataDir' | 'lessonId'>,
  heights: readonly Height[],
): Promise<Rates[]> {
  const db = new SQLite(join(world.dataDir, 'jiangxue.sqlite'), { timeout: 5_000 });
  const media = db
    .prepare(
      `select m.id, m.duration_ms durationMs from course_version_lesson l join media m on m.id = l.media_id
        where l.lesson_id = ?`,
    )
    .get(world.lessonId) as { id: string; durationMs: number };
  const folder = join(world.dataDir, 'media', 'objects', media.id);
  const before = db.prepare('select height from rendition where media_id = ?').pluck();
  for (const height of before.all(media.id) as number[]) {
    rmSync(join(folder, String(height)), { recursive: true, force: true });
  }
  db.prepare('delete from rendition where media_id = ?').run(media.id);
  const keep = db.prepare('insert into rendition (media_id, height, bitrate) values (?, ?, ?)');
  let master: string | undefined;
  const all: Rates[] = [];
  for (const height of heights) {
    const target = join(folder, String(height));
    mkdirSync(target, { recursive: true });
    const file = join(target, 'media.m4s');
    encode(file, height, media.durationMs / 1000);
    const { durationMs: _length, ...index } = await indexPackagedFile(file);
    const packaged = { ...index, width: SIZES[height].width, height };
    writeFileSync(join(target, 'index.m3u8'), writeMediaPlaylist(packaged));
    master = addToMasterPlaylist(master, packaged);
    const rates = measureBitrates(packaged);
    keep.run(media.id, height, rates.average);
    all.push({ height, ...rates });
  }
  writeFileSync(join(folder, 'master.m3u8'), master ?? '');
  db.close();
  return all;
}

function encode(file: string, height: Height, seconds: number): void {
  const { width, picture, most } = SIZES[height];
  const source = `testsrc2=s=${width}x${height}:r=15:d=${seconds},noise=alls=20:allf=t`;
  execFileSync('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y'],
    ...['-f', 'lavfi', '-i', source, '-f', 'lavfi', '-i', `sine=330:d=${seconds}`],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-profile:v', 'main'],
    ...['-g', '30', '-keyint_min', '30', '-sc_threshold', '0'],
    ...['-b:v', picture, '-maxrate', most, '-bufsize', most, ...SOUND],
    ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4', file],
  ]);
}
