import { PostgresAdapter, sql, type CompiledQuery, type RawBuilder } from 'kysely';
import type { Db, Trx } from './client.server';
import { keepText } from './kept-texts';

/** How a column is read on PostgreSQL; SQLite takes the values as they come. */
type ColumnType = 'text' | 'bigint';
type Value = string | number | null;

/** Rows given to a statement, to be named in its `from` as `given`. */
export type GivenRows = RawBuilder<unknown>;

/**
 * A statement over any number of rows whose text is always the same, so that it is built once and both engines keep
 * it prepared; Kysely's many `values` make another text for each number of rows, which costs more than storing
 * them. `columns` is in the order of each row's values, `build` writes the statement around `from ${given}`. The
 * answer is what it returns. No rows, no statement.
 */
export function prepareRows<Row>(
  columns: Readonly<Record<string, ColumnType>>,
  build: (given: GivenRows, db: Db | Trx) => RawBuilder<Row>,
): (db: Db | Trx, rows: readonly (readonly Value[])[]) => Promise<Row[]> {
  const built = new WeakMap<object, CompiledQuery<Row>>();
  return async (db, rows) => {
    if (rows.length === 0) return [];
    const { adapter } = db.getExecutor();
    const onPostgres = adapter instanceof PostgresAdapter;
    let query = built.get(adapter.constructor);
    if (!query) {
      query = build(onPostgres ? unnested(columns) : fromJson(columns), db).compile(db);
      keepText(query.sql);
      built.set(adapter.constructor, query);
    }
    const parameters = onPostgres
      ? Object.keys(columns).map((_name, index) => rows.map((row) => row[index]))
      : [JSON.stringify(rows)];
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}

/** PostgreSQL: one array a column. */
function unnested(columns: Readonly<Record<string, ColumnType>>): GivenRows {
  const arrays = Object.values(columns).map((type) => sql`cast(${null} as ${sql.raw(type)}[])`);
  const names = Object.keys(columns).map((name) => sql.ref(name));
  return sql`unnest(${sql.join(arrays)}) as given (${sql.join(names)})`;
}

/** SQLite: one JSON text, a list of lists; reading it costs what binding as many values would. */
function fromJson(columns: Readonly<Record<string, ColumnType>>): GivenRows {
  const values = Object.keys(columns).map((name, index) => {
    return sql`value ->> ${sql.lit(index)} as ${sql.ref(name)}`;
  });
  return sql`(select ${sql.join(values)} from json_each(${null})) as given`;
}
