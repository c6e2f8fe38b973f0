import type { Kysely } from 'kysely';

/** An upload may be meant for a lesson, and is known again by its file's date; a media knows what its file held, and whether a second one is wanted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('upload')
    .addColumn('lesson_id', 'text', (c) => c.references('lesson.id'))
    .execute();
  await db.schema.alterTable('upload').addColumn('file_modified_at', 'bigint').execute();
  await db.schema.alterTable('media').addColumn('content_sha256', 'text').execute();
  await db.schema
    .alterTable('media')
    .addColumn('kept_by', 'text', (c) => c.references('person.id'))
    .execute();
  await db.schema.alterTable('media').addColumn('kept_at', 'bigint').execute();
  await db.schema
    .createIndex('media_content_sha256')
    .on('media')
    .columns(['content_sha256'])
    .execute();
}
