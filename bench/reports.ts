import { isDeepStrictEqual } from 'node:util';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase, type Db } from '~db/client.server';
import { startTemporaryPostgres } from '~db/testing-postgres';
import type { ClassHourFilter, Grouping } from '~/domain/reports/class-hour-filter';
import {
  countLedgerLearners,
  countLedgerRows,
  listLedgerTotals,
  sumLedger,
} from '~/domain/reports/ledger-totals.server';
import { reportClassHours } from '~/domain/reports/list-class-hour-totals.server';
import { readSnapshot } from '~/domain/reports/read-snapshot.server';
import type { BenchRow } from './bench-row';
import { writeCityLedger } from './city-ledger';

const LEARNERS = Number(process.env.BENCH_LEARNERS ?? 250_000);
const ENGINES = (process.env.BENCH_ENGINES ?? 'sqlite,postgres').split(',');
const RUNS = 21;
const MOST_PERCENT = 300;
const RANGE = { order: 'credited', descending: true, limit: 50 } as const;

interface Report {
  name: string;
  by: Grouping;
  filter: ClassHourFilter;
}

const REPORTS: Report[] = [
  {
    name: 'by organization, one month',
    by: 'organization',
    filter: { from: '2026-03-01', to: '2026-03-31' },
  },
  { name: 'by month, all organizations', by: 'month', filter: {} },
];

/** The roll-up alone: its rows of the days asked for, added up by what the report is about. */
function readRollUpAlone(db: Db, { by, filter }: Report) {
  const { from = '', to = '9' } = filter;
  const key = by === 'month' ? sql`substr(day, 1, 7)` : sql`organization_id`;
  return sql`select ${key}, minutes_per_class_hour, sum(credited_ms) from organization_day
    where day >= ${from} and day <= ${to} group by 1, 2`.execute(db);
}

/** What the page shows: the first rows, with names and people, and the total. */
const readReport = (db: Db, { by, filter }: Report) =>
  readSnapshot(db, (snapshot) => reportClassHours(snapshot, 'all', filter, by, RANGE));

async function timed<T>(read: () => Promise<T>): Promise<{ ms: number; found: T }> {
  const from = performance.now();
  const found = await read();
  return { ms: performance.now() - from, found };
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function measure(db: Db, engine: string, report: Report, held: string): Promise<BenchRow> {
  const { by, filter } = report;
  const question = { by, filter, scope: 'all' } as const;
  const ledger = await timed(async () => ({
    rows: await listLedgerTotals(db, question, RANGE),
    creditedMs: (await sumLedger(db, question))?.creditedMs,
    learners: await countLedgerLearners(db, question),
    groups: await countLedgerRows(db, question),
  }));
  const { rows, total } = await readReport(db, report);
  await readRollUpAlone(db, report);
  const figures = ({ key, creditedMs, learners }: (typeof rows)[number]) => [
    key,
    creditedMs,
    learners,
  ];
  const equal =
    rows.length > 0 &&
    isDeepStrictEqual(
      rows.map(figures),
      ledger.found.rows.map((row) => [row.key, row.creditedMs, row.learners]),
    ) &&
    total.creditedMs === ledger.found.creditedMs &&
    total.learners === ledger.found.learners &&
    total.rows === ledger.found.groups;
  const alone: number[] = [];
  const whole: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    alone.push((await timed(() => readRollUpAlone(db, report))).ms);
    whole.push((await timed(() => readReport(db, report))).ms);
  }
  const percent = Math.round((100 * median(whole)) / median(alone));
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return {
    name: `${engine}: report ${report.name}, of reading the roll-up alone`,
    value: percent,
    unit: '%',
    note: `${ms(median(whole))} of ${ms(median(alone))}, the ledger ${ms(ledger.ms)}, ${
      equal ? 'equal to the ms' : 'NOT EQUAL to the ledger'
    }; ${held}; at most ${MOST_PERCENT}`,
    ...((!equal || percent > MOST_PERCENT) && { wrong: true }),
  };
}

async function runEngine(engine: string): Promise<BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'jiangxue-bench-reports-'));
  const postgres = engine === 'postgres' ? await startTemporaryPostgres() : undefined;
  const url = postgres?.url ?? `file:${directory}/city.sqlite`;
  const name = postgres ? 'PostgreSQL' : 'SQLite';
  try {
    const written = await timed(() => writeCityLedger(url, LEARNERS));
    const { organizations, lessonDays } = written.found;
    const count = (value: number) => value.toLocaleString('en');
    console.log(`  ${name}: written in ${Math.round(written.ms / 1000)} s`);
    const held = `${count(LEARNERS)} learners, ${count(organizations)} organizations, ${count(lessonDays)} days of lessons`;
    const client = openDatabase(url);
    const rows: BenchRow[] = [];
    for (const report of REPORTS) rows.push(await measure(client.db, name, report, held));
    await client.close();
    return rows;
  } finally {
    await postgres?.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Reports of a city, against reading the roll-up they come from. The command fails where one is not the ledger. */
export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const engine of ENGINES) rows.push(...(await runEngine(engine)));
  return rows;
}
