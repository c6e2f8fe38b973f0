import { PostgresAdapter, sql, type RawBuilder } from 'kysely';
import type { Db, Trx } from './client.server';

/**
 * A JSON array of arrays as a table `given` of one column `value`, so that a statement over many rows has one
 * parameter and always the same text. A place in a row is `given.value ->> 0` on both engines; numbers want a cast.
 */
export function jsonRows(db: Db | Trx, json: string): RawBuilder<unknown> {
  return db.getExecutor().adapter instanceof PostgresAdapter
    ? sql`json_array_elements(cast(${json} as json)) as given(value)`
    : sql`json_each(${json}) as given`;
}
