/**
 * Adds to the demo world's packaged lessons what conversion adds to an upload: the sound alone, and thumbnails along the
 * seek bar. No 240p: at 79 kbit/s at most their 480p is below what 240p may need, and it would add half of the bytes.
 * Run by hand after scripts/demo-videos.mjs: `node --import tsx scripts/demo-additions.ts [slug…]`. Needs ffmpeg.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AUDIO_FOLDER, measureBitrates, writeMediaPlaylist } from '../app/domain/media/playlist';
import { planPreviews, writePreviews } from '../app/domain/media/previews';
import { indexPackagedFile } from '../app/infra/packaged-file.server';
import { ffmpeg } from './demo-lessons/run-tool.mjs';

const mediaFolder = fileURLToPath(new URL('../db/demo/media/', import.meta.url));
const LARGEST_BYTES = 1_200_000;

interface Described {
  durationMs: number;
  width: number;
  height: number;
}

/** Packages the sound of the lesson as it is; answers its bits a second. */
async function addSound(folder: string): Promise<number> {
  const target = join(folder, AUDIO_FOLDER);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  const file = join(target, 'media.m4s');
  ffmpeg(
    ...['-i', join(folder, '480', 'media.m4s'), '-vn', '-c:a', 'copy', '-map_metadata', '-1'],
    ...['-f', 'mp4', '-frag_duration', '6000000'],
    ...['-movflags', 'empty_moov+default_base_moof+skip_trailer', file],
  );
  const index = await indexPackagedFile(file);
  writeFileSync(join(target, 'index.m3u8'), writeMediaPlaylist(index));
  return measureBitrates(index).average;
}

function addPreviews(folder: string, film: Described): number {
  const plan = planPreviews(film);
  const { everySeconds, width, height, columns, rows } = plan;
  const sheets = () => readdirSync(folder).filter((name) => /^previews-\d+\.jpg$/.test(name));
  for (const name of sheets()) rmSync(join(folder, name));
  const chosen = `fps=1:start_time=0,select='not(mod(n,${everySeconds}))'`;
  const tiles = `${chosen},scale=${width}:${height},tile=${columns}x${rows}`;
  ffmpeg(
    ...[
      '-i',
      join(folder, '480', 'media.m4s'),
      '-vf',
      tiles,
      '-fps_mode',
      'passthrough',
      '-q:v',
      '16',
      '-pix_fmt',
      'yuvj420p',
    ],
    join(folder, 'previews-%d.jpg'),
  );
  writeFileSync(
    join(folder, 'previews.vtt'),
    writePreviews(plan, film.durationMs, sheets().length),
  );
  return plan.count;
}

const wanted = process.argv.slice(2);
for (const slug of readdirSync(mediaFolder)) {
  if (wanted.length > 0 && !wanted.includes(slug)) continue;
  const folder = join(mediaFolder, slug);
  const description = join(folder, 'media.json');
  const film = JSON.parse(readFileSync(description, 'utf8')) as Described;
  const audioBitrate = await addSound(folder);
  const previews = addPreviews(folder, film);
  const bytes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  if (bytes >= LARGEST_BYTES) throw new Error(`${slug} takes ${bytes} bytes.`);
  const described = { ...film, bytes, audioBitrate, previews };
  writeFileSync(description, `${JSON.stringify(described, null, 2)}\n`);
  console.log(`${slug}: ${bytes} bytes, ${JSON.stringify({ audioBitrate, previews })}`);
}
