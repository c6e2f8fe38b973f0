import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LoadResult, LoadViewer } from './beat-load';

const SERVER = fileURLToPath(
  new URL(`../${process.env.BUILD_DIR ?? 'build'}/server/index.js`, import.meta.url),
);
/** Such as --cpu-prof. */
const NODE_ARGS = (process.env.BENCH_NODE_ARGS ?? '').split(' ').filter((arg) => arg !== '');

/** A server under load, and what came of it. */
export interface Side {
  process: ChildProcess;
  port: number;
  viewers: LoadViewer[];
  results: (LoadResult & { cpuMicroseconds: number })[];
}

/** The platform as `npm start` serves it, over a database that has these viewers. */
export async function startPlatform(
  databaseUrl: string,
  directory: string,
  viewers: LoadViewer[],
): Promise<Side> {
  const dataDir = join(directory, `data-${Math.random().toString(36).slice(2)}`);
  mkdirSync(dataDir);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    PORT: '0',
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
  };
  const args = [...NODE_ARGS, SERVER];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
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

/** The least that could acknowledge a durable beat on the same engine (bare-beats.ts), under the same load. */
export async function startBare(
  databaseUrl: string,
  viewers: readonly LoadViewer[],
): Promise<Side> {
  const program = fileURLToPath(new URL('./bare-beats.ts', import.meta.url));
  const child = fork(program, [databaseUrl], { execArgv: ['--import', 'tsx'] });
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

/** What a process holds of the memory, in MB; NaN where Linux does not tell. */
export function memoryOf({ process: { pid } }: Side): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return NaN;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1]) / 1_024;
}

/** Loads one side once and keeps what came of it. */
export async function loadOnce(
  side: Side,
  load: (port: number, viewers: LoadViewer[]) => Promise<LoadResult>,
): Promise<void> {
  const before = cpuOf(side);
  const result = await load(side.port, side.viewers);
  side.results.push({ ...result, cpuMicroseconds: (cpuOf(side) - before) / result.acknowledged });
}

/** The sides in turn, `runs` times, after one run of each that is not counted. */
export async function alternate(
  sides: readonly Side[],
  runs: number,
  load: (port: number, viewers: LoadViewer[]) => Promise<LoadResult>,
): Promise<void> {
  for (const side of sides) await loadOnce(side, load);
  for (const side of sides) side.results = [];
  for (let turn = 0; turn < runs; turn += 1) {
    for (const side of sides) await loadOnce(side, load);
  }
}

/** The median of a figure over a side's runs. */
export function medianOf(side: Side, figure: (one: Side['results'][number]) => number): number {
  const sorted = side.results.map(figure).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export const rateOf = (one: LoadResult) => one.acknowledged / one.seconds;

export async function stopSide(side: Side): Promise<void> {
  const ended = once(side.process, 'exit');
  side.process.kill('SIGTERM');
  await ended;
}
