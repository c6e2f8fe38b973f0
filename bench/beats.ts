import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startTemporaryPostgres } from '~db/testing-postgres';
import type { BenchRow } from './bench-row';
import { loadBeats, offerBeats } from './beat-load';
import { alternate, medianOf, rateOf, startBare, startPlatform, stopSide } from './beat-sides';
import { prepareViewers } from './beat-viewers';

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const CONNECTIONS = (process.env.BENCH_CONNECTIONS ?? '64,256').split(',').map(Number);
const ENGINES = (process.env.BENCH_ENGINES ?? 'sqlite,postgres').split(',');
/** Offered evenly, whether or not the answers keep up. */
const OFFERED_A_SECOND = Number(process.env.BENCH_OFFERED ?? 2_000);

/** Two empty databases of one engine, for the platform and for the bare side. */
async function openEngine(engine: string, directory: string) {
  if (engine === 'sqlite') {
    const urls = [`file:${directory}/ours.sqlite`, `file:${directory}/bare.sqlite`] as const;
    return { name: 'SQLite', urls, stop: () => Promise.resolve() };
  }
  const server = await startTemporaryPostgres();
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query('create database ours');
  await admin.query('create database bare');
  await admin.end();
  const urls = [
    server.url.replace(/postgres$/, 'ours'),
    server.url.replace(/postgres$/, 'bare'),
  ] as const;
  return { name: 'PostgreSQL', urls, stop: () => server.stop() };
}

async function runEngine(engine: string): Promise<BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'jiangxue-bench-beats-'));
  const { name, urls, stop } = await openEngine(engine, directory);
  const viewers = await prepareViewers(urls[0], Math.max(...CONNECTIONS));
  const ours = await startPlatform(urls[0], directory, viewers);
  const bare = await startBare(urls[1], viewers);
  const rows: BenchRow[] = [];
  const tenths = (value: number) => Math.round(value * 10) / 10;
  try {
    for (const connections of CONNECTIONS) {
      await alternate([bare, ours], RUNS, (port, all) =>
        loadBeats(port, all.slice(0, connections), SECONDS),
      );
      const [ourRate, bareRate] = [medianOf(ours, rateOf), medianOf(bare, rateOf)];
      const cpu = (side: typeof ours) => medianOf(side, (one) => one.cpuMicroseconds);
      const where = `${name}, ${connections} connections`;
      const note = `bare: ${Math.round(bareRate).toLocaleString('en')}`;
      rows.push(
        { name: `beats: ${where}`, value: Math.round(ourRate), unit: 'a second', note },
        {
          name: `beats against the bare limit: ${where}`,
          value: Math.round((100 * ourRate) / bareRate),
          unit: '%',
          note: 'at least 60',
        },
        {
          name: `server CPU a beat: ${where}`,
          value: tenths(cpu(ours)),
          unit: 'us',
          note: `bare: ${tenths(cpu(bare))}`,
        },
      );
    }
    await alternate([bare, ours], RUNS, (port, all) =>
      offerBeats(port, all, { connections: 256, aSecond: OFFERED_A_SECOND, seconds: SECONDS }),
    );
    const [ourP99, bareP99] = [ours, bare].map((side) => medianOf(side, (one) => one.p99));
    rows.push({
      name: `p99 of a beat: ${name}, ${OFFERED_A_SECOND} a second offered`,
      value: tenths(ourP99!),
      unit: 'ms',
      note: `bare: ${tenths(bareP99!)}; at most twice that`,
    });
  } finally {
    await stopSide(ours);
    await stopSide(bare);
    await stop();
    rmSync(directory, { recursive: true, force: true });
  }
  return rows;
}

/**
 * Acknowledged durable beats a second, one beat a request, against the least that could acknowledge one on the same
 * engine (bare-beats.ts): the same load, alternating runs, medians; and the p99 where a fixed rate is offered.
 * The load generator runs on the same machine.
 */
export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const engine of ENGINES) rows.push(...(await runEngine(engine)));
  return rows;
}
