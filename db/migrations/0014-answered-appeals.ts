import type { Kysely } from 'kysely';

/** A message may tell a learner of the answer to an appeal, or of a correction. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('message')
    .addColumn('appeal_id', 'text', (c) => c.references('appeal.id'))
    .execute();
  await db.schema
    .alterTable('message')
    .addColumn('correction_id', 'text', (c) => c.references('correction.id'))
    .execute();
}
