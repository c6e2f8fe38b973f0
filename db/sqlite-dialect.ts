import type SQLite from 'better-sqlite3';
import {
  CompiledQuery,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type SqliteDatabase,
  type SqliteStatement,
  type TransactionSettings,
} from 'kysely';
import { runsRowByRow } from './row-statement';
import type { EndTurn, WriteTurns } from './write-turns';

/**
 * SQLite for a process in which several connections write: transactions begin with the write lock (one that read
 * first could not take it once another connection has written), and all that writes waits for its turn. A
 * transaction that is `read only` takes neither and sees one state of the database.
 */
export class TurnTakingDialect extends SqliteDialect {
  private readonly database: SqliteDatabase & { writes(text: string): boolean };

  constructor(
    sqlite: SQLite.Database,
    private readonly turns: WriteTurns,
  ) {
    const database = keepStatements(sqlite);
    super({ database });
    this.database = database;
  }

  override createDriver(): Driver {
    return new TurnTakingDriver(this.database, this.turns);
  }
}

class TurnTakingDriver extends SqliteDriver {
  private open: Open | undefined;
  private connection: DatabaseConnection | undefined;

  constructor(
    private readonly database: SqliteDatabase & { writes(text: string): boolean },
    private readonly turns: WriteTurns,
  ) {
    super({ database });
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const own = await super.acquireConnection();
    this.connection ??= {
      executeQuery: <R>(query: CompiledQuery) => this.execute<R>(own, query),
      streamQuery: (query, size) => own.streamQuery(query, size),
    };
    return this.connection;
  }

  private execute<R>(own: DatabaseConnection, query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.open?.writes || !this.database.writes(query.sql)) return own.executeQuery<R>(query);
    if (this.open) throw new Error('A transaction that is read only does not write.');
    return this.executeInTurn<R>(own, query);
  }

  private async executeInTurn<R>(
    own: DatabaseConnection,
    query: CompiledQuery,
  ): Promise<QueryResult<R>> {
    const endTurn = await this.turns.take();
    try {
      return await own.executeQuery<R>(query);
    } finally {
      endTurn();
    }
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    { accessMode }: TransactionSettings = {},
  ): Promise<void> {
    if (accessMode === 'read only') {
      await connection.executeQuery(CompiledQuery.raw('begin'));
      this.open = { writes: false };
      return;
    }
    const endTurn = await this.turns.take();
    this.open = { writes: true, endTurn };
    try {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    // Where this fails Kysely rolls back.
    await super.commitTransaction(connection);
    this.close();
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } finally {
      this.close();
    }
  }

  private close(): void {
    this.open?.endTurn?.();
    this.open = undefined;
  }
}

interface Open {
  writes: boolean;
  endTurn?: EndTurn;
}

const MOST_STATEMENTS = 500;

type Kept = SqliteStatement & { busy: boolean; readonly: boolean };

/** Kysely prepares anew for each query, which costs as much as a small query itself; this keeps the latest. */
function keepStatements(sqlite: SQLite.Database) {
  const kept = new Map<string, Kept>();
  const prepare = (text: string): Kept => {
    const known = kept.get(text);
    // One that is being iterated over cannot run a second time.
    if (known && !known.busy) return known;
    const prepared = sqlite.prepare<unknown[]>(text);
    const statement = runsRowByRow(text) ? eachRow(prepared) : prepared;
    kept.delete(text);
    kept.set(text, statement);
    if (kept.size > MOST_STATEMENTS) kept.delete(kept.keys().next().value ?? '');
    return statement;
  };
  return {
    close: () => void sqlite.close(),
    prepare,
    writes: (text: string) => !prepare(text).readonly,
  };
}

/** A statement that is run for each row of its parameters, and answers what all of them answer. */
function eachRow(statement: SQLite.Statement<unknown[]>): Kept {
  const { reader, readonly } = statement;
  return {
    reader,
    readonly,
    busy: false,
    all: (rows) => (rows as readonly unknown[][]).flatMap((row) => statement.all(...row)),
    run(rows) {
      let changes = 0;
      // Values given one by one are bound in two thirds of the time that a list of them takes.
      for (const row of rows as readonly unknown[][]) changes += statement.run(...row).changes;
      return { changes, lastInsertRowid: 0 };
    },
    iterate() {
      throw new Error('A statement over rows cannot be streamed.');
    },
  };
}
