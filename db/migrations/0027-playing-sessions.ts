import type { Kysely } from 'kysely';

/**
 * How far the session reaches that brought a learner's latest beats stands in the row that each beat writes anyway.
 * No foreign key: SQLite would look the session up at each start of another, and no session with beats ever goes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['playing_session_id', 'in_touch']) {
    await db.schema.alterTable('learner_stream').addColumn(column, 'text').execute();
  }
  for (const column of ['ack_seq', 'last_seq', 'wall_to_ms']) {
    await db.schema.alterTable('learner_stream').addColumn(column, 'bigint').execute();
  }
}
