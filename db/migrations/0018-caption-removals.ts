import type { Kysely } from 'kysely';

/** Captions that were taken away, so that new ones go on counting; and one index less, which another begins with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('caption_removal')
    .addColumn('media_id', 'text', (c) => c.notNull().references('media.id'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('removed_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('removed_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('caption_removal_pk', ['media_id', 'language', 'version'])
    .execute();
  await db.schema.dropIndex('watch_session_lesson_id').execute();
}
