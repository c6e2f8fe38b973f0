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
  const { adapter } = db.getExecutor();
  const own = sql<number>`cast(${now} as bigint)`;
  return adapter instanceof PostgresAdapter && !(adapter instanceof DrivenPostgresAdapter)
    ? sql<number>`greatest(floor(extract(epoch from clock_timestamp()) * 1000)::bigint, ${own})`
    : own;
}
