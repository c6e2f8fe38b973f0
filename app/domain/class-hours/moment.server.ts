import { PostgresAdapter, sql, type Expression, type RawBuilder } from 'kysely';
import { DrivenPostgresAdapter, type Db, type Trx } from '~db/client.server';

/**
 * The moment of evidence, epoch ms, as a value of a statement. On PostgreSQL it is the database's clock, so
 * that all server processes share one, but never before `now`: the process's clock has counted on from what
 * was stored, and stands in for a database whose clock was set back. On SQLite, and under a driven clock, it is
 * `now`, the clock of the one process that serves.
 */
export function evidenceMoment(
  db: Db | Trx,
  now: number | Expression<unknown>,
): RawBuilder<number> {
  const own = sql<number>`cast(${now} as bigint)`;
  return countsByProcess(db)
    ? own
    : sql<number>`greatest(floor(extract(epoch from clock_timestamp()) * 1000)::bigint, ${own})`;
}

/** Whether the moments of evidence are those of the process's clock. */
export function countsByProcess(db: Db | Trx): boolean {
  const { adapter } = db.getExecutor();
  return !(adapter instanceof PostgresAdapter) || adapter instanceof DrivenPostgresAdapter;
}
