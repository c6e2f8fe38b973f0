import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadBeats, type LoadResult, type LoadViewer } from './beat-load';
import { prepareViewers } from './beat-viewers';

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const CONNECTIONS = Number(process.env.BENCH_CONNECTIONS ?? 64);
const NODE_ARGS = (process.env.BENCH_NODE_ARGS ?? '').split(' ').filter((arg) => arg !== '');
const SERVER = fileURLToPath(
  new URL(`../${process.env.BUILD_DIR ?? 'build'}/server/index.js`, import.meta.url),
);

export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  note?: string;
  /** What others' rules make of the same, as text, by name. */
  others?: Record<string, string>;
  /** The figure is not what it must be: the bench fails. */
  wrong?: true;
}

interface Side {
  process: ChildProcess;
  port: number;
  viewers: LoadViewer[];
  results: (LoadResult & { cpuMicroseconds: number })[];
}

/** The platform as `npm start` serves it, over a database with its viewers. */
async function startPlatform(directory: string): Promise<Side> {
  const databaseUrl = `file:${directory}/ours.sqlite`;
  const viewers = await prepareViewers(databaseUrl, CONNECTIONS);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    DATA_DIR: directory,
    PORT: '0',
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
  };
  const child = spawn(process.execPath, [...NODE_ARGS, SERVER], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    let written = '';
    child.once('exit', () => reject(new Error(`the server did not start: ${written}`)));
    child.stdout.on('data', (part: Buffer) => {
      if (written.length < 10_000) written += part.toString('utf8');
      const address = /http:\/\/127\.0\.0\.1:(\d+)/.exec(written);
      if (address) resolve(Number(address[1]));
    });
  });
  return { process: child, port, viewers, results: [] };
}

async function startBare(directory: string, viewers: readonly LoadViewer[]): Promise<Side> {
  const program = fileURLToPath(new URL('./bare-beats.ts', import.meta.url));
  const child = fork(program, [`${directory}/bare.sqlite`], { execArgv: ['--import', 'tsx'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { process: child, port, viewers: viewers.map((one) => ({ ...one })), results: [] };
}

/** What a process has used of the processor, in us, by Linux's count of hundredths of a second; else NaN. */
function cpuOf({ process: { pid } }: Side): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return NaN;
  const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

async function runOnce(side: Side, seconds: number): Promise<void> {
  const before = cpuOf(side);
  const result = await loadBeats(side.port, side.viewers, seconds);
  side.results.push({ ...result, cpuMicroseconds: (cpuOf(side) - before) / result.acknowledged });
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

async function stop(side: Side): Promise<void> {
  const ended = once(side.process, 'exit');
  side.process.kill('SIGTERM');
  await ended;
}

/**
 * Acknowledged durable beats a second at 64 connections, one beat a request, against the least that could
 * acknowledge one (bare-beats.ts), on SQLite: the same load, alternating runs, medians. Both rates include the
 * load generator on the same machine.
 */
export async function run(): Promise<BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'jiangxue-bench-beats-'));
  const ours = await startPlatform(directory);
  const bare = await startBare(directory, ours.viewers);
  try {
    for (const side of [bare, ours]) await runOnce(side, 1);
    for (const side of [bare, ours]) side.results = [];
    for (let turn = 0; turn < RUNS; turn += 1) {
      await runOnce(bare, SECONDS);
      await runOnce(ours, SECONDS);
    }
  } finally {
    await stop(ours);
    await stop(bare);
    rmSync(directory, { recursive: true, force: true });
  }
  const rate = (side: Side) => median(side.results.map((one) => one.acknowledged / one.seconds));
  const of = (side: Side, figure: 'p50' | 'p99' | 'cpuMicroseconds') =>
    Math.round(median(side.results.map((one) => one[figure])) * 10) / 10;
  const [ourRate, bareRate] = [rate(ours), rate(bare)];
  const note = `${CONNECTIONS} connections, SQLite, medians of ${RUNS} runs of ${SECONDS} s`;
  const share = Math.round((100 * ourRate) / bareRate);
  return [
    { name: 'beats acknowledged', value: Math.round(ourRate), unit: 'a second', note },
    { name: 'bare limit of the same load', value: Math.round(bareRate), unit: 'a second', note },
    { name: 'beats against the bare limit', value: share, unit: '%' },
    { name: 'server CPU a beat', value: of(ours, 'cpuMicroseconds'), unit: 'us' },
    { name: 'server CPU a beat, bare', value: of(bare, 'cpuMicroseconds'), unit: 'us' },
    { name: 'p99 of a beat', value: of(ours, 'p99'), unit: 'ms', note: 'at full load' },
    { name: 'p99 of a beat, bare', value: of(bare, 'p99'), unit: 'ms', note: 'at full load' },
  ];
}
