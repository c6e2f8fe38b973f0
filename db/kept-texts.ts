import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { beginLate } from './late-begin';

const names = new Map<string, string>();

/** Marks SQL whose text never changes: PostgreSQL keeps its plan on each connection. */
export function keepText(text: string): void {
  if (names.has(text)) return;
  names.set(text, createHash('sha256').update(text).digest('base64url').slice(0, 32));
}

/** The pool, with the marked texts sent as prepared statements; planning one costs as much as running it. */
export function keepPlans(pool: pg.Pool): PostgresPool {
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const known = wrapped.get(client) ?? beginLate(keeping(client));
      wrapped.set(client, known);
      return known;
    },
  };
}

function keeping(client: pg.PoolClient): PostgresPoolClient {
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const name = names.get(text);
    const asked = { text, values: values as unknown[], ...(name !== undefined && { name }) };
    return client.query(asked) as unknown as Promise<PostgresQueryResult<R>>;
  }
  return { query: query as PostgresPoolClient['query'], release: () => client.release() };
}
