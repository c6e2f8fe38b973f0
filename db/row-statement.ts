import { PostgresAdapter, sql, type CompiledQuery, type RawBuilder } from 'kysely';
import type { Db, Trx } from './client.server';
import { keepText } from './kept-texts';

/** How a column is read on PostgreSQL; SQLite takes the values as they come. */
type ColumnType = 'text' | 'bigint';
type Columns = Readonly<Record<string, ColumnType>>;
type Value = string | number | null;
type Sql = RawBuilder<unknown>;

/** Rows given to a question, to be named once in its `from` as `given`; no row of the answer may hang on two of them. */
export type GivenRows = Sql;

/**
 * A question about any number of rows whose text is always the same, so that it is built once and both engines keep
 * it prepared; Kysely's many `values` make another text for each number of rows, which costs more than storing
 * them. `columns` is in the order of each row's values, `build` writes the statement around `from ${given}`. The
 * answer is what it returns. No rows, no statement. PostgreSQL runs it once over all rows, SQLite once for each; there
 * a JSON list costs three times as much as binding the values.
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
      query = build(onPostgres ? unnested(columns) : givenRow(columns), db).compile(db);
      if (onPostgres) keepText(query.sql);
      else rowByRow.add(query.sql);
      built.set(adapter.constructor, query);
    }
    const parameters = onPostgres ? columnsOf(columns, rows) : rows;
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}

/** What a writing statement says of the rows it writes. */
export interface WrittenRows {
  /** All of them, after the columns of an `insert into`. */
  values: Sql;
  /** One value of a row; each is to be named once, in the order of the columns. */
  of: (column: string) => Sql;
  /** Before the `where` of an update that names values. */
  from: Sql;
}

/** Rows to be written by one statement. */
export interface Write {
  statement: WriteStatement;
  rows: readonly (readonly Value[])[];
}

interface WriteStatement {
  number: number;
  columns: Columns;
  build: (rows: WrittenRows) => Sql;
  everyRow: boolean;
}

/** A statement that was to write every row that it was given wrote fewer: the transaction must not be committed. */
export class RowsMissing extends Error {
  override name = 'RowsMissing';
}

let statements = 0;

/**
 * As `prepareRows`, for a statement that writes and returns nothing; `writeRows` runs it. With `everyRow` it throws
 * RowsMissing unless it writes one row for each that is given.
 */
export function prepareWrites(
  columns: Columns,
  build: (rows: WrittenRows) => Sql,
  { everyRow = false } = {},
): (rows: readonly (readonly Value[])[]) => Write {
  statements += 1;
  const statement = { number: statements, columns, build, everyRow };
  return (rows) => ({ statement, rows });
}

const builtWrites = new WeakMap<object, Map<string, CompiledQuery>>();

/**
 * Writes what is given. On PostgreSQL it is one statement, which spares a round trip for each: none of them may need
 * to see what another one writes, nor write a row that another one does.
 */
export async function writeRows(db: Db | Trx, ...writes: readonly Write[]): Promise<void> {
  const some = writes.filter(({ rows }) => rows.length > 0);
  if (some.length === 0) return;
  const { adapter } = db.getExecutor();
  if (adapter instanceof PostgresAdapter) {
    const query = builtOnce(db, some, () => {
      const named = some.map(({ statement: { build, columns, everyRow } }, index) => {
        const returning = everyRow ? sql` returning 1` : sql``;
        return sql`${sql.ref(`written_${index}`)} as (${build(manyRows(columns))}${returning})`;
      });
      const counts = some.flatMap(({ statement: { everyRow } }, index) =>
        everyRow ? [sql`(select count(*) from ${sql.ref(`written_${index}`)})`] : [],
      );
      const count = counts.length > 0 ? sql.join(counts, sql` + `) : sql`0`;
      return sql`with ${sql.join(named)} select ${count} as "written"`;
    });
    keepText(query.sql);
    const parameters = some.flatMap(({ statement, rows }) => columnsOf(statement.columns, rows));
    const { rows } = await db.executeQuery<{ written: number }>({ ...query, parameters });
    if (rows[0]!.written !== dueRows(some)) throw new RowsMissing();
    return;
  }
  for (const one of some) {
    const query = builtOnce(db, [one], () => one.statement.build(oneRow(one.statement.columns)));
    rowByRow.add(query.sql);
    const { numAffectedRows } = await db.executeQuery({ ...query, parameters: one.rows });
    if (one.statement.everyRow && Number(numAffectedRows) !== one.rows.length) {
      throw new RowsMissing();
    }
  }
}

const dueRows = (writes: readonly Write[]) =>
  writes.reduce((sum, { statement, rows }) => sum + (statement.everyRow ? rows.length : 0), 0);

function builtOnce(db: Db | Trx, writes: readonly Write[], build: () => Sql): CompiledQuery {
  const engine = db.getExecutor().adapter.constructor;
  const built = builtWrites.get(engine) ?? new Map<string, CompiledQuery>();
  builtWrites.set(engine, built);
  const name = writes.map(({ statement }) => statement.number).join();
  const query = built.get(name) ?? build().compile(db);
  built.set(name, query);
  return query;
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
  of: inOrder(columns, (column) => sql.ref(`given.${column}`)),
  from: sql`from ${unnested(columns)}`,
});

function givenRow(columns: Columns): GivenRows {
  const values = Object.keys(columns).map((name) => sql`${null} as ${sql.ref(name)}`);
  return sql`(select ${sql.join(values)}) as given`;
}

function oneRow(columns: Columns): WrittenRows {
  const values = Object.keys(columns).map(() => sql`${null}`);
  return {
    values: sql`values (${sql.join(values)})`,
    of: inOrder(columns, () => sql`${null}`),
    from: sql``,
  };
}

/** SQLite takes a row's values in the order in which the text names them. */
function inOrder(columns: Columns, valueOf: (column: string) => Sql): WrittenRows['of'] {
  const names = Object.keys(columns);
  let next = 0;
  return (column) => {
    if (names[next] !== column) throw new Error(`${column} is not named in its order.`);
    next += 1;
    return valueOf(column);
  };
}
