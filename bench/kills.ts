import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase, type Engine } from '~db/client.server';
import { startTemporaryPostgres } from '~db/testing-postgres';
import { reconcile } from '~/domain/class-hours/reconcile.server';
import { prepareViewers } from './beat-viewers';
import type { BenchRow } from './bench-row';
import {
  postgresDatabase,
  sqliteDatabase,
  startKilledServer,
  type KilledDatabase,
  type KilledIn,
} from './killed-server';
import { BEAT_MS, beatsToSend, watchUntilDeath, type KilledViewer } from './killed-viewers';

const KILLS = Number(process.env.KILLS ?? 200);
const VIEWERS = 64;
const ZONE = 'Asia/Shanghai';
const LONGEST_LIFE_MS = 400;
const READY_WITHIN_MS = 2_000;
/** Every beat of these benches is in touch: what is looked for is what was stored, not what counts. */
const TWO_DAYS = 48 * 3_600_000;

interface Killed {
  viewers: KilledViewer[];
  killedIn: KilledIn[];
  readyMs: number[];
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const acknowledgedBy = (viewers: KilledViewer[]) => sum(viewers.map((one) => one.acknowledged));

async function killOften(database: KilledDatabase, dataDir: string): Promise<Killed> {
  const prepared = await prepareViewers(database.url, VIEWERS, { offlineAllowanceMs: TWO_DAYS });
  const viewers = prepared.map((one): KilledViewer => ({
    ...one,
    acknowledged: 0,
    sending: beatsToSend(),
  }));
  const killed: Killed = { viewers, killedIn: [], readyMs: [] };
  for (let kill = 0; kill < KILLS; kill += 1) {
    const server = await startKilledServer(database, dataDir);
    killed.readyMs.push(server.readyMs);
    const before = acknowledgedBy(viewers);
    const watching = Promise.all(viewers.map((viewer) => watchUntilDeath(server.port, viewer)));
    while (acknowledgedBy(viewers) < before + VIEWERS) await Promise.race([pause(1), watching]);
    await pause(Math.random() * LONGEST_LIFE_MS);
    killed.killedIn.push(await server.kill(() => acknowledgedBy(viewers)));
    await watching;
  }
  await database.settle();
  return killed;
}

/** What is stored, held against what was acknowledged: lost, counted twice, and what a recount says. */
async function inspect(url: string, viewers: readonly KilledViewer[]) {
  const client = openDatabase(url);
  const { db } = client;
  const rows = await db
    .selectFrom('beat')
    .select(({ fn }) => ['session_id', fn.countAll<number>().as('beats'), fn.max('seq').as('last')])
    .groupBy('session_id')
    .execute();
  const { spentMs } = await db
    .selectFrom('lesson_total')
    .select(({ fn }) => fn.sum<number>('spent_ms').as('spentMs'))
    .executeTakeFirstOrThrow();
  const differences = await reconcile(db, ZONE);
  await client.close();
  const stored = new Map(rows.map((row) => [row.session_id, row]));
  let lost = 0;
  for (const { path, acknowledged } of viewers) {
    const row = stored.get(path.split('/')[3] ?? '') ?? { beats: 0, last: 0 };
    // Numbers have no gap below the last one, and the last one may be durable without its answer.
    lost += Math.max(0, acknowledged - row.beats) + (row.last - row.beats);
  }
  const beats = sum(rows.map((row) => row.beats));
  return { lost, twiceMs: (spentMs ?? 0) - beats * BEAT_MS, differences: differences.length };
}

function rowsOf(
  engine: Engine,
  killed: Killed,
  found: Awaited<ReturnType<typeof inspect>>,
): BenchRow[] {
  const ready = [...killed.readyMs].sort((a, b) => a - b);
  const [median, worst] = [ready[Math.floor(ready.length / 2)] ?? NaN, ready.at(-1) ?? NaN];
  const count = (what: KilledIn) => killed.killedIn.filter((one) => one === what).length;
  const [writing, waiting] = [count('transaction'), count('acknowledgement')];
  const share = Math.round((100 * writing) / KILLS);
  const must = (name: string, value: number, unit: string, right: boolean, note?: string) => ({
    name: `${engine}: ${name}`,
    value: Math.round(value),
    unit,
    ...(note && { note }),
    ...(!right && { wrong: true as const }),
  });
  const acknowledged = acknowledgedBy(killed.viewers);
  return [
    must('acknowledged beats', acknowledged, 'beats', acknowledged > 0, `${VIEWERS} viewers`),
    must('acknowledged beats lost', found.lost, 'beats', found.lost === 0, `${KILLS} kills`),
    must('time counted twice or not', found.twiceMs, 'ms', found.twiceMs === 0),
    must('differences to a recount', found.differences, 'totals', found.differences === 0),
    must(
      'killed inside an open transaction',
      share,
      '%',
      share >= 25,
      `${writing} of ${KILLS}; ${waiting} more after its commit and before the answers, as while the disk was waited for`,
    ),
    must('ready again, median', median, 'ms', median < READY_WITHIN_MS),
    must('ready again, worst', worst, 'ms', worst < READY_WITHIN_MS),
  ];
}

async function runOn(engine: Engine): Promise<BenchRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jiangxue-bench-kills-'));
  const postgres = engine === 'postgres' ? await startTemporaryPostgres() : undefined;
  const file = join(dataDir, 'killed.sqlite');
  const database = postgres ? postgresDatabase(postgres.url) : sqliteDatabase(file);
  try {
    const killed = await killOften(database, dataDir);
    return rowsOf(engine, killed, await inspect(database.url, killed.viewers));
  } finally {
    await postgres?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/**
 * SIGKILL at random moments under 64 concurrent viewers of the built server, on both engines: every acknowledged
 * beat must be there, none counted twice, a recount must agree, and the server must be ready again within 2 s.
 */
export async function run(): Promise<BenchRow[]> {
  return [...(await runOn('sqlite')), ...(await runOn('postgres'))];
}
