import type { Kysely } from 'kysely';

/** What an invitation says, why it was declined, and when a partnership ended. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const partner = () => db.schema.alterTable('course_partner');
  await partner()
    .addColumn('message', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await partner()
    .addColumn('chapters', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute();
  await partner().addColumn('ends_on', 'text').execute();
  await partner()
    .addColumn('decline_reason', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await partner().addColumn('left_at', 'bigint').execute();
  await partner()
    .addColumn('left_by', 'text', (c) => c.references('person.id'))
    .execute();
}
