import { PostgresAdapter, sql, type CompiledQuery, type RawBuilder } from 'kysely';
import type { Db, Trx } from './client.server';
import { keepText } from './kept-texts';

/** How a column is read on PostgreSQL; SQLite takes the values as they come. */
type ColumnType = 'text' | 'bigint';
type Columns = Readonly<Record<string, ColumnType>>;
type Value = string | number | null;
type Sql = RawBuilder<unknown>;

/** Rows given to a question, to be named once in its `from` as `given`. */
export type GivenRows = Sql;

/**
 * A question about any number of rows whose text is always the same, so that it is built once and both engines keep
 * it prepared; Kysely's many `values` make another text for each number of rows, which costs more than storing
 * them. `columns` is in the order of each row's values, `build` writes the statement around `from ${given}`. The
 * answer is what it returns. No rows, no statement.
 */
export function prepareRows<Row>(
  columns: Columns,
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
    const parameters = onPostgres ? columnsOf(columns, rows) : [JSON.stringify(rows)];
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}

/** What a writing statement says of the rows it writes. */
export interface WrittenRows {
  /** All of them, after the columns of an `insert into`. */
  values: Sql;
  /** One value of a row; on SQLite each is to be named once, in the order of the columns. */
  of: (column: string) => Sql;
  /** Before the `where` of an update that names values. */
  from: Sql;
}

/**
 * As `prepareRows`, for a statement that writes and returns nothing. PostgreSQL runs it once over all rows, SQLite once
 * for each, which must come to the same; there a JSON list costs three times as much as binding the values.
 */
export function prepareWrites(
  columns: Columns,
  build: (rows: WrittenRows, db: Db | Trx) => Sql,
): (db: Db | Trx, rows: readonly (readonly Value[])[]) => Promise<void> {
  const built = new WeakMap<object, CompiledQuery>();
  return async (db, rows) => {
    if (rows.length === 0) return;
    const { adapter } = db.getExecutor();
    const onPostgres = adapter instanceof PostgresAdapter;
    let query = built.get(adapter.constructor);
    if (!query) {
      query = build(onPostgres ? manyRows(columns) : oneRow(columns), db).compile(db);
      if (onPostgres) keepText(query.sql);
      else rowByRow.add(query.sql);
      built.set(adapter.constructor, query);
    }
    const parameters = onPostgres ? columnsOf(columns, rows) : rows;
    await db.executeQuery({ ...query, parameters });
  };
}

/** On SQLite: texts that are run once for each row of their parameters. */
const rowByRow = new Set<string>();

/** Whether the parameters of this text are rows, to be run one after the other. */
export const runsRowByRow = (text: string): boolean => rowByRow.has(text);

const columnsOf = (columns: Columns, rows: readonly (readonly Value[])[]) =>
  Object.keys(columns).map((_name, index) => rows.map((row) => row[index]));

/** PostgreSQL: one array a column. */
function unnested(columns: Columns): GivenRows {
  const arrays = Object.values(columns).map((type) => sql`cast(${null} as ${sql.raw(type)}[])`);
  const names = Object.keys(columns).map((name) => sql.ref(name));
  return sql`unnest(${sql.join(arrays)}) as given (${sql.join(names)})`;
}

const manyRows = (columns: Columns): WrittenRows => ({
  values: sql`select * from ${unnested(columns)}`,
  of: (column) => sql.ref(`given.${column}`),
  from: sql`from ${unnested(columns)}`,
});

/** SQLite: a JSON text, a list of lists. */
function fromJson(columns: Columns): GivenRows {
  const values = Object.keys(columns).map((name, index) => {
    return sql`value ->> ${sql.lit(index)} as ${sql.ref(name)}`;
  });
  return sql`(select ${sql.join(values)} from json_each(${null})) as given`;
}

function oneRow(columns: Columns): WrittenRows {
  const names = Object.keys(columns);
  let next = 0;
  return {
    values: sql`values (${sql.join(names.map(() => sql`${null}`))})`,
    of(column) {
      if (names[next] !== column) throw new Error(`${column} is not named in its order.`);
      next += 1;
      return sql`${null}`;
    },
    from: sql``,
  };
}
