import { PostgresAdapter, sql, type CompiledQuery, type RawBuilder } from 'kysely';
import type { Db, Trx } from './client.server';
import { keepText } from './kept-texts';
import { maybeWhole } from './late-begin';

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
  /** In the `from` of one that only looks. */
  given: GivenRows;
  /** All of them, after the columns of an `insert into`. */
  values: Sql;
  /** One value of a row; each is to be named once, in the order of the columns. */
  of: (column: string) => Sql;
  /** Before the `where` of an update that names values. */
  from: Sql;
}

/** Rows to be written by one statement, or to be found as they are given. */
export interface Write {
  statement: WriteStatement;
  rows: readonly (readonly Value[])[];
}

interface WriteStatement {
  number: number;
  columns: Columns;
  build: (rows: WrittenRows) => Sql;
  everyRow: boolean;
  inTurn: boolean;
  finds: boolean;
}

/** A statement that was to write or find every row that it was given did not: the transaction must not be committed. */
export class RowsMissing extends Error {
  override name = 'RowsMissing';
}

let statements = 0;

/**
 * As `prepareRows`, for a statement that writes and returns nothing; `writeRows` runs it. With `everyRow` it throws
 * RowsMissing unless it writes one row for each that is given. With `inTurn` it writes nothing before all that is
 * written before it is.
 */
export function prepareWrites(
  columns: Columns,
  build: (rows: WrittenRows) => Sql,
  { everyRow = false, inTurn = false } = {},
): (rows: readonly (readonly Value[])[]) => Write {
  statements += 1;
  const statement = { number: statements, columns, build, everyRow, inTurn, finds: false };
  return (rows) => ({ statement, rows });
}

/** To look, beside what is written, whether a row is there for each that is given; else `writeRows` throws RowsMissing. */
export function prepareFinds(
  columns: Columns,
  build: (given: GivenRows) => Sql,
): (rows: readonly (readonly Value[])[]) => Write {
  statements += 1;
  const found = { everyRow: true, inTurn: false, finds: true };
  const statement = {
    number: statements,
    columns,
    build: ({ given }: WrittenRows) => build(given),
    ...found,
  };
  return (rows) => ({ statement, rows });
}

const builtWrites = new WeakMap<object, Map<string, CompiledQuery>>();

/**
 * Writes what is given. On PostgreSQL it is one statement, which spares a round trip for each: none of them may need
 * to see what another one writes, nor write a row that another one does. `last`: nothing follows in the transaction;
 * where nothing came before either, the statement is the transaction.
 */
export async function writeRows(
  db: Db | Trx,
  writes: readonly Write[],
  { last = false } = {},
): Promise<void> {
  const some = writes.filter(({ rows }) => rows.length > 0);
  if (some.length === 0) return;
  const { adapter } = db.getExecutor();
  if (adapter instanceof PostgresAdapter) return writeAtOnce(db, some, last);
  for (const { statement, rows } of some) {
    const query = builtOnce(db, `${statement.number}`, () =>
      statement.build(oneRow(statement.columns)),
    );
    rowByRow.add(query.sql);
    const done = await db.executeQuery({ ...query, parameters: rows });
    const count = statement.finds ? done.rows.length : Number(done.numAffectedRows);
    if (statement.everyRow && count !== rows.length) throw new RowsMissing();
  }
}

const DIVISION_BY_ZERO = '22012';

async function writeAtOnce(db: Db | Trx, writes: readonly Write[], last: boolean): Promise<void> {
  const name = `${writes.map(({ statement }) => statement.number).join()}${last ? '.' : ''}`;
  const query = builtOnce(db, name, () => atOnce(writes, last));
  keepText(query.sql);
  if (last) maybeWhole(query.sql);
  const due = writes.reduce(
    (sum, { statement, rows }) => sum + (statement.everyRow ? rows.length : 0),
    0,
  );
  const columns = writes.flatMap(({ statement, rows }) => columnsOf(statement.columns, rows));
  const parameters = last ? [...columns, due] : columns;
  try {
    const { rows } = await db.executeQuery<{ written: number }>({ ...query, parameters });
    if (!last && rows[0]!.written !== due) throw new RowsMissing();
  } catch (error) {
    if (last && (error as { code?: unknown }).code === DIVISION_BY_ZERO) throw new RowsMissing();
    throw error;
  }
}

/** All of them as one statement; `last` it fails by itself where rows are missing. */
function atOnce(writes: readonly Write[], last: boolean): Sql {
  const partOf = (index: number) => sql.ref(`written_${index}`);
  const countOf = (indexes: readonly number[]) =>
    sql.join(
      [sql`0`, ...indexes.map((index) => sql`(select count(*) from ${partOf(index)})`)],
      sql` + `,
    );
  const counted: number[] = [];
  const inTurns = writes.flatMap(({ statement }, index) => (statement.inTurn ? [index] : []));
  /** Those that are written since the last one that waited; the next one waits for them. */
  let before: number[] = [];
  const parts = writes.map(({ statement: { build, columns, everyRow, inTurn, finds } }, index) => {
    const rows = manyRows(columns, inTurn ? countOf(before) : undefined);
    if (inTurn) before = [];
    if (!finds) before.push(index);
    if (everyRow) counted.push(index);
    const isRead = !finds && (everyRow || index < (inTurns.at(-1) ?? 0));
    const returning = isRead ? sql` returning 1` : sql``;
    return sql`${partOf(index)} as (${build(rows)}${returning})`;
  });
  const count = countOf(counted);
  const checked = last
    ? sql`1 / (case when ${count} = cast(${null} as bigint) then 1 else 0 end)`
    : count;
  return sql`with ${sql.join(parts)} select ${checked} as "written"`;
}

function builtOnce(db: Db | Trx, name: string, build: () => Sql): CompiledQuery {
  const engine = db.getExecutor().adapter.constructor;
  const built = builtWrites.get(engine) ?? new Map<string, CompiledQuery>();
  builtWrites.set(engine, built);
  const query = built.get(name) ?? build().compile(db);
  built.set(name, query);
  return query;
}

/** On SQLite: texts that are run once for each row of their parameters. */
const rowByRow = new Set<string>();

/** Whether the parameters of this text are rows, to be run one after the other. */
export const runsRowByRow = (text: string): boolean => rowByRow.has(text);

const columnsOf = (columns: Columns, rows: readonly (readonly Value[])[]): string[] =>
  Object.keys(columns).map((_name, index) => arrayText(rows, index));

/** One column as PostgreSQL writes arrays; the driver takes twice as long, since it quotes numbers too. */
function arrayText(rows: readonly (readonly Value[])[], index: number): string {
  let text = '';
  for (const row of rows) {
    const value = row[index] ?? null;
    text += text === '' ? '{' : ',';
    if (value === null) text += 'NULL';
    else if (typeof value === 'number') text += value;
    else
      text += TO_ESCAPE.test(value) ? `"${value.replace(EACH_TO_ESCAPE, '\\$&')}"` : `"${value}"`;
  }
  return `${text}}`;
}

const TO_ESCAPE = /["\\]/;
const EACH_TO_ESCAPE = /["\\]/g;

/**
 * PostgreSQL: one array a column. The condition is always true; the planner takes it for one that leaves a row, and
 * looks the others up by their indexes. As it is it would read tables whole that are small when it plans, and keep to
 * that plan when they have grown.
 */
function unnested(columns: Columns): GivenRows {
  const arrays = Object.values(columns).map((type) => sql`cast(${null} as ${sql.raw(type)}[])`);
  const names = Object.keys(columns).map((name) => sql.ref(name));
  return sql`(select ${sql.join(names)}
    from unnest(${sql.join(arrays)}) with ordinality as given (${sql.join([...names, sql.ref('nth')])})
    where nth between 1 and 1000000000) as given`;
}

function manyRows(columns: Columns, before: Sql | undefined): WrittenRows {
  const given = unnested(columns);
  return {
    given,
    values: before ? sql`select * from ${given} where ${before} >= 0` : sql`select * from ${given}`,
    of: inOrder(columns, (column) => sql.ref(`given.${column}`)),
    from: sql`from ${given}`,
  };
}

function givenRow(columns: Columns): GivenRows {
  const values = Object.keys(columns).map((name) => sql`${null} as ${sql.ref(name)}`);
  return sql`(select ${sql.join(values)}) as given`;
}

function oneRow(columns: Columns): WrittenRows {
  const values = Object.keys(columns).map(() => sql`${null}`);
  return {
    given: givenRow(columns),
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
