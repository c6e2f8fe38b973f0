import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pino from 'pino';
import { checkFile } from '../app/domain/media/check-file.server';
import { openStudio, type Studio } from '../app/domain/media/testing-studio.server';
import { createClock } from '../app/infra/clock.server';
import { startWorker } from '../app/worker';
import type { BenchRow } from './bench-row';
import { ffmpeg, lengthOf, makeTake, repeat, seconds } from './long-films';
import { openUploads } from './send-film';

const THREE_HOURS = 3 * 3_600_000;
const GIGABYTE = 1024 ** 3;
const LATEST_MS = 10_000;
const NEAR_MS = 50;
const MOST_MEMORY = 64 * 1024 ** 2;

interface Film {
  name: string;
  file: string;
  outcome: 'repackage' | 'convert';
  /** Watchable after so many ms at most. */
  withinMs?: number;
  /** Everything is made of it, not only what is watchable first. */
  whole?: true;
}

/** The long and the large: what becomes of them, and when they can be watched after their last byte. */
export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const make of [threeHours, large, tenGigabytes, fromAFactory]) {
    const studio = await openStudio();
    try {
      const film = make(studio);
      if (film) rows.push(...(await watch(studio, film)));
    } finally {
      await studio.close();
    }
  }
  return rows;
}

function threeHours({ folder }: Studio): Film {
  // About 2 GB in three hours.
  const take = makeTake(join(folder, 'take.mp4'), 1_400_000);
  const file = repeat(take, THREE_HOURS / 10_000, join(folder, 'three-hours.mp4'));
  return { name: '3 hours', file, outcome: 'repackage', withinMs: LATEST_MS };
}

function large({ folder }: Studio): Film {
  const file = join(folder, 'large.mov');
  ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=3840x2160:r=30:d=10'],
    ...['-f', 'lavfi', '-i', 'sine=440:d=10:r=48000', '-c:v', 'libx265', '-preset', 'ultrafast'],
    ...['-pix_fmt', 'yuv420p10le', '-tag:v', 'hvc1', '-x265-params', 'log-level=none'],
    ...['-c:a', 'aac', file],
  );
  return { name: '4K in 10-bit HEVC, 10 s', file, outcome: 'convert', whole: true };
}

function tenGigabytes({ folder }: Studio): Film {
  const take = makeTake(join(folder, 'take.mp4'), 80_000_000);
  const times = Math.floor((10 * GIGABYTE) / statSync(take).size);
  const file = repeat(take, times, join(folder, 'ten-gigabytes.mp4'));
  return { name: '10 GB', file, outcome: 'repackage' };
}

function fromAFactory(): Film | undefined {
  const file = resolve(import.meta.dirname, '../../shared/media/bottle-line.mp4');
  if (!existsSync(file)) return undefined;
  return { name: 'a factory clip', file, outcome: 'repackage', whole: true };
}

async function watch(studio: Studio, film: Film): Promise<BenchRow[]> {
  const { name, file } = film;
  const check = await checkFile(name, file, new AbortController().signal);
  if (check.outcome !== film.outcome) throw new Error(`${name}: ${JSON.stringify(check)}`);
  const uploads = await openUploads(studio);
  const worker = startWorker({
    db: studio.db,
    clock: createClock(),
    mediaStore: studio.store,
    settings: { zone: 'Asia/Shanghai' },
    log: pino({ level: 'warn' }),
  });
  let looking: NodeJS.Timeout | undefined;
  try {
    const id = await uploads.send(file);
    const from = performance.now();
    const before = process.memoryUsage().rss;
    let peak = before;
    looking = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
    await until(studio, id, film.whole ? ['ready'] : ['playable', 'ready']);
    const took = performance.now() - from;
    const durationMs = (await load(studio, id))?.duration_ms ?? 0;
    const off = Math.abs(durationMs - lengthOf(file));
    const memory = peak - before;
    const bytes = statSync(file).size;
    return [
      {
        name: `${name}: ${film.whole ? 'everything made' : 'watchable'} after its last byte`,
        value: seconds(took),
        unit: 's',
        note:
          `${film.outcome}, ${Math.round(bytes / 1e6).toLocaleString('en')} MB, ` +
          `${seconds(durationMs)} s` +
          (film.withinMs ? `; at most ${film.withinMs / 1000} s` : ''),
        ...(film.withinMs && took > film.withinMs ? { wrong: true } : {}),
      },
      {
        name: `${name}: length off ffprobe’s`,
        value: Math.round(off),
        unit: 'ms',
        ...(off > NEAR_MS ? { wrong: true } : {}),
      },
      {
        name: `${name}: growth of our memory`,
        value: Math.round(memory / 1e6),
        unit: 'MB',
        ...(memory > MOST_MEMORY ? { wrong: true } : {}),
      },
    ];
  } finally {
    clearInterval(looking);
    await worker.stop();
    await uploads.close();
  }
}

const load = (studio: Studio, id: string) =>
  studio.db
    .selectFrom('media')
    .select(['state', 'reason', 'duration_ms'])
    .where('id', '=', id)
    .executeTakeFirst();

async function until(studio: Studio, id: string, states: string[]): Promise<void> {
  for (;;) {
    // There is none until the last byte is answered.
    const media = await load(studio, id);
    if (media && states.includes(media.state)) return;
    if (media?.state === 'refused') throw new Error(`refused: ${media.reason}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
