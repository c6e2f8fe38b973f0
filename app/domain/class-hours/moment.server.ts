import { PostgresAdapter, sql, type RawBuilder } from 'kysely';
import type { Db, Trx } from '~db/client.server';

/**
 * The moment of evidence, epoch ms, as a value of a statement. On PostgreSQL it is the database's clock, so
 * that all server processes share one; on SQLite `now`, the clock of the one process that serves.
 */
export function evidenceMoment(db: Db | Trx, now: number): RawBuilder<number> {
  return db.getExecutor().adapter instanceof PostgresAdapter
    ? sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::bigint`
    : sql<number>`${now}`;
}
