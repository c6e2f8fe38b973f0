import type { Kysely } from 'kysely';

/** Tells a process whether anybody touched a learner since it last stored beats of theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('learner_stream')
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
