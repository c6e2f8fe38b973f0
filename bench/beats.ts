import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadBeats, type LoadResult, type LoadViewer } from './beat-load';

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);

export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  note?: string;
}

interface Side {
  process: ChildProcess;
  port: number;
  viewers: LoadViewer[];
  results: (LoadResult & { cpuMicroseconds: number })[];
}

async function startSide(file: string, args: string[]): Promise<Side> {
  const program = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(program, args, { execArgv: ['--import', 'tsx'] });
  const [ready] = (await once(child, 'message')) as [{ port: number; viewers?: LoadViewer[] }];
  return { process: child, port: ready.port, viewers: ready.viewers ?? [], results: [] };
}

async function cpuOf(side: Side): Promise<number> {
  side.process.send('cpu');
  const [answer] = (await once(side.process, 'message')) as [{ cpu: NodeJS.CpuUsage }];
  return answer.cpu.user + answer.cpu.system;
}

async function runOnce(side: Side, seconds: number): Promise<void> {
  const before = await cpuOf(side);
  const result = await loadBeats(side.port, side.viewers, seconds);
  const cpuMicroseconds = ((await cpuOf(side)) - before) / result.acknowledged;
  side.results.push({ ...result, cpuMicroseconds });
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * Acknowledged durable beats a second at 64 connections, one beat a request, against the least that could
 * acknowledge one (bare-beats.ts), on SQLite: the same load, alternating runs, medians. Both rates include the
 * load generator on the same machine.
 */
export async function run(): Promise<BenchRow[]> {
  const connections = Number(process.env.BENCH_CONNECTIONS ?? 64);
  const directory = mkdtempSync(join(tmpdir(), 'jiangxue-bench-beats-'));
  const ours = await startSide('./beats-server.ts', [
    `file:${directory}/ours.sqlite`,
    String(connections),
  ]);
  const bare = await startSide('./bare-beats.ts', [`${directory}/bare.sqlite`]);
  bare.viewers = ours.viewers.map((viewer) => ({ ...viewer }));
  try {
    for (const side of [bare, ours]) await runOnce(side, 1);
    for (const side of [bare, ours]) side.results = [];
    for (let turn = 0; turn < RUNS; turn += 1) {
      await runOnce(bare, SECONDS);
      await runOnce(ours, SECONDS);
    }
  } finally {
    for (const side of [ours, bare]) {
      const ended = once(side.process, 'exit');
      side.process.kill('SIGTERM');
      await ended;
    }
    rmSync(directory, { recursive: true, force: true });
  }
  const rate = (side: Side) => median(side.results.map((one) => one.acknowledged / one.seconds));
  const of = (side: Side, figure: 'p50' | 'p99' | 'cpuMicroseconds') =>
    Math.round(median(side.results.map((one) => one[figure])) * 10) / 10;
  const [ourRate, bareRate] = [rate(ours), rate(bare)];
  const note = `${connections} connections, SQLite, medians of ${RUNS} runs of ${SECONDS} s`;
  return [
    { name: 'beats acknowledged', value: Math.round(ourRate), unit: 'a second', note },
    { name: 'bare limit of the same load', value: Math.round(bareRate), unit: 'a second', note },
    {
      name: 'beats against the bare limit',
      value: Math.round((100 * ourRate) / bareRate),
      unit: '%',
    },
    { name: 'server CPU a beat', value: of(ours, 'cpuMicroseconds'), unit: 'us' },
    { name: 'server CPU a beat, bare', value: of(bare, 'cpuMicroseconds'), unit: 'us' },
    { name: 'p99 of a beat', value: of(ours, 'p99'), unit: 'ms', note: 'at full load' },
    { name: 'p99 of a beat, bare', value: of(bare, 'p99'), unit: 'ms', note: 'at full load' },
  ];
}
