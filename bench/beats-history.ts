import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchRow } from './bench-row';
import { writeHistory } from './beat-history';
import { loadBeats } from './beat-load';
import { alternate, medianOf, rateOf, startPlatform, stopSide, type Side } from './beat-sides';
import { prepareViewers } from './beat-viewers';

/** Class hours stored before; five million would be over a thousand million beats, some 160 GB. */
const CLASS_HOURS = Number(process.env.BENCH_HISTORY_HOURS ?? 20_000);
const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const CONNECTIONS = 64;

/** What a beat costs where many are stored, against an empty database. SQLite, alternating runs, medians. */
export async function run(): Promise<BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'jiangxue-bench-history-'));
  const sides: Side[] = [];
  const file = `${directory}/full.sqlite`;
  try {
    for (const [name, hours] of [
      ['empty', 0],
      ['full', CLASS_HOURS],
    ] as const) {
      const databaseFile = join(directory, `${name}.sqlite`);
      const viewers = await prepareViewers(`file:${databaseFile}`, CONNECTIONS);
      if (hours > 0) writeHistory(databaseFile, hours, Date.now());
      sides.push(await startPlatform(`file:${databaseFile}`, directory, viewers));
    }
    const megabytes = Math.round(statSync(file).size / 1_000_000);
    await alternate(sides, RUNS, (port, viewers) => loadBeats(port, viewers, SECONDS));
    const [empty, full] = sides as [Side, Side];
    const cpu = (side: Side) => medianOf(side, (one) => one.cpuMicroseconds);
    const stored = `${CLASS_HOURS.toLocaleString('en')} class hours, ${(CLASS_HOURS * 225).toLocaleString('en')} beats, ${megabytes.toLocaleString('en')} MB`;
    return [
      {
        name: 'CPU of a beat, with history against without',
        value: Math.round((100 * cpu(full)) / cpu(empty)),
        unit: '%',
        note: `${stored}; at most 130`,
      },
      {
        name: 'beats a second, with history against without',
        value: Math.round((100 * medianOf(full, rateOf)) / medianOf(empty, rateOf)),
        unit: '%',
        note: stored,
      },
    ];
  } finally {
    for (const side of sides) await stopSide(side);
    rmSync(directory, { recursive: true, force: true });
  }
}
