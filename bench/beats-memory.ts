import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchRow } from './bench-row';
import { offerBeats } from './beat-load';
import { memoryOf, startPlatform, stopSide } from './beat-sides';
import { prepareViewers } from './beat-viewers';

const SESSIONS = Number(process.env.BENCH_SESSIONS ?? 10_000);
const MINUTES = Number(
  process.env.BENCH_MINUTES ?? (process.argv.includes('beats-memory') ? 10 : 1),
);
/** How often a player reports. */
const BEAT_EVERY_SECONDS = 12;
const SAMPLE_SECONDS = 5;
const MOST_MB = 300;
/** What a heap that breathes may differ by between the first and the last third. */
const FLAT_MB = 30;

const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** What the server holds of the memory while many players are open, and whether that grows. SQLite. */
export async function run(): Promise<BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'jiangxue-bench-memory-'));
  const databaseUrl = `file:${directory}/ours.sqlite`;
  const viewers = await prepareViewers(databaseUrl, SESSIONS);
  const side = await startPlatform(databaseUrl, directory, viewers);
  const samples: number[] = [];
  try {
    const aSecond = SESSIONS / BEAT_EVERY_SECONDS;
    const load = (seconds: number) =>
      offerBeats(side.port, viewers, { connections: 256, aSecond, seconds });
    // Every player once, so that all are known to the process.
    await load(BEAT_EVERY_SECONDS);
    for (let second = 0; second < MINUTES * 60; second += SAMPLE_SECONDS) {
      await load(SAMPLE_SECONDS);
      samples.push(memoryOf(side));
    }
  } finally {
    await stopSide(side);
    rmSync(directory, { recursive: true, force: true });
  }
  const third = Math.max(1, Math.floor(samples.length / 3));
  const most = Math.round(Math.max(...samples));
  const growth = Math.round(median(samples.slice(-third)) - median(samples.slice(0, third)));
  const note = `${SESSIONS.toLocaleString('en')} open sessions, each a beat every 12 s, ${MINUTES} min`;
  return [
    {
      name: 'memory with open sessions',
      value: most,
      unit: 'MB',
      note: `${note}; at most ${MOST_MB}`,
      ...(most > MOST_MB ? { wrong: true as const } : {}),
    },
    {
      name: 'memory, last third against first',
      value: growth,
      unit: 'MB',
      note: `flat: at most ${FLAT_MB}`,
      ...(MINUTES >= 10 && growth > FLAT_MB ? { wrong: true as const } : {}),
    },
  ];
}
