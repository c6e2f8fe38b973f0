import { PostgresAdapter, sql, type Expression, type RawBuilder } from 'kysely';
import { DrivenPostgresAdapter, type Db, type Trx } from '~db/client.server';

/**
 * The moment of evidence, epoch ms, as a value of a statement. On PostgreSQL it is the database's clock, so
 * that all server processes share one; on SQLite, and under a driven clock, `now`, the clock of the one process
 * that serves.
 */
export function evidenceMoment(
  db: Db | Trx,
  now: number | Expression<unknown>,
): RawBuilder<number> {
  const { adapter } = db.getExecutor();
  return adapter instanceof PostgresAdapter && !(adapter instanceof DrivenPostgresAdapter)
    ? sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::bigint`
    : sql<number>`cast(${now} as bigint)`;
}
