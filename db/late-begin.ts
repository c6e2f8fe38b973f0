import type { PostgresPoolClient, PostgresQueryResult } from 'kysely';

const whole = new Set<string>();

/**
 * Marks SQL that may be a whole transaction: the last statement of whatever runs it, which fails by itself where it
 * may not be committed.
 */
export function maybeWhole(text: string): void {
  whole.add(text);
}

const NOTHING = { command: 'SELECT', rowCount: 0, rows: [] } as const;

/**
 * The connection, with `begin` sent only before the first statement of a transaction; one that is marked and has
 * none before it is sent without `begin` and `commit`, which spares two round trips.
 */
export function beginLate(client: PostgresPoolClient): PostgresPoolClient {
  let transaction: 'none' | 'due' | 'begun' | 'ended' = 'none';

  async function query<R>(
    text: string,
    values: readonly unknown[],
  ): Promise<PostgresQueryResult<R>> {
    if (text === 'begin') {
      transaction = 'due';
      return { ...NOTHING, rows: [] };
    }
    if (text === 'commit' || text === 'rollback') {
      const isOpen = transaction === 'none' || transaction === 'begun';
      transaction = 'none';
      return isOpen ? client.query<R>(text, values) : { ...NOTHING, rows: [] };
    }
    if (transaction === 'ended') throw new Error('The transaction has ended.');
    if (transaction === 'due' && whole.has(text)) transaction = 'ended';
    if (transaction === 'due') {
      transaction = 'begun';
      try {
        await client.query('begin', []);
      } catch (error) {
        transaction = 'ended';
        throw error;
      }
    }
    return client.query<R>(text, values);
  }
  return { query: query as PostgresPoolClient['query'], release: () => client.release() };
}
