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

const SIZE = { width: 426, height: 240 };
/** Picture and sound together stay under 200 kbit/s in every segment. */
const PICTURE = ['-b:v', '130k', '-maxrate', '140k', '-bufsize', '140k'];
const SOUND = ['-c:a', 'aac', '-ac', '1', '-b:a', '32k'];

/**
 * Puts a restless picture of 240p in the place of the lesson's drawings, which need a tenth of its rate: what a
 * phone gets of a film from a workshop. Returns its mean and its heaviest segment, in bits a second.
 */
export async function layHeavyFilm(world: ServedWorld): Promise<{ average: number; peak: number }> {
  const db = new SQLite(join(world.dataDir, 'jiangxue.sqlite'), { timeout: 5_000 });
  const media = db
    .prepare(
      `select m.id, m.duration_ms durationMs from course_version_lesson l join media m on m.id = l.media_id
        where l.lesson_id = ?`,
    )
    .get(world.lessonId) as { id: string; durationMs: number };
  const folder = join(world.dataDir, 'media', 'objects', media.id);
  for (const height of db
    .prepare('select height from rendition where media_id = ?')
    .pluck()
    .all(media.id) as number[]) {
    rmSync(join(folder, String(height)), { recursive: true, force: true });
  }
  const target = join(folder, String(SIZE.height));
  mkdirSync(target, { recursive: true });
  const file = join(target, 'media.m4s');
  const seconds = String(media.durationMs / 1000);
  const size = `${SIZE.width}x${SIZE.height}`;
  execFileSync('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y'],
    ...['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=15:d=${seconds},noise=alls=20:allf=t`],
    ...['-f', 'lavfi', '-i', `sine=330:d=${seconds}`],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-profile:v', 'main'],
    ...['-g', '30', '-keyint_min', '30', '-sc_threshold', '0', ...PICTURE, ...SOUND],
    ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4', file],
  ]);
  const { durationMs: _length, ...index } = await indexPackagedFile(file);
  const packaged = { ...index, ...SIZE };
  writeFileSync(join(target, 'index.m3u8'), writeMediaPlaylist(packaged));
  writeFileSync(join(folder, 'master.m3u8'), addToMasterPlaylist(undefined, packaged));
  const rates = measureBitrates(packaged);
  db.prepare('delete from rendition where media_id = ?').run(media.id);
  db.prepare('insert into rendition (media_id, height, bitrate) values (?, ?, ?)').run(
    media.id,
    SIZE.height,
    rates.average,
  );
  db.close();
  return rates;
}
