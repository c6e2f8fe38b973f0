import type { Kysely } from 'kysely';

/** The text of a lesson as several people write it at once: what each wrote, and the whole now and then. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('lesson_text')
    .addColumn('lesson_id', 'text', (c) => c.primaryKey().notNull().references('lesson.id'))
    .addColumn('snapshot', 'text', (c) => c.notNull())
    .addColumn('snapshot_number', 'integer', (c) => c.notNull())
    .addColumn('last_number', 'integer', (c) => c.notNull())
    .addColumn('derived_number', 'integer', (c) => c.notNull())
    .addColumn('opened_at', 'bigint', (c) => c.notNull())
    .addColumn('changed_by', 'text', (c) => c.references('person.id'))
    .addColumn('changed_at', 'bigint')
    .execute();
  await db.schema
    .createTable('lesson_text_edit')
    .addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson_text.lesson_id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('written_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('lesson_text_edit_pk', ['lesson_id', 'number'])
    .execute();
}
