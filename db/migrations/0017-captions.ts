import { sql, type Kysely } from 'kysely';

/** Captions as cues that can be edited and searched, the sections of a video, and the ways to a lesson's plays. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('caption')
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .execute();
  await db.schema
    .alterTable('caption')
    .addColumn('changed_by', 'text', (c) => c.references('person.id'))
    .execute();
  // Null until its cues are kept here; until then its file is in the media store.
  await db.schema.alterTable('caption').addColumn('changed_at', 'bigint').execute();
  await db.schema
    .createTable('caption_cue')
    .addColumn('media_id', 'text', (c) => c.notNull().references('media.id'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('from_ms', 'bigint', (c) => c.notNull())
    .addColumn('to_ms', 'bigint', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('searchable', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('caption_cue_pk', ['media_id', 'language', 'position'])
    .addCheckConstraint('caption_cue_check_1', sql`from_ms >= 0`)
    .addCheckConstraint('caption_cue_check_2', sql`from_ms < to_ms`)
    .execute();
  await db.schema
    .createTable('section_list')
    .addColumn('media_id', 'text', (c) => c.primaryKey().notNull().references('media.id'))
    .addColumn('sections', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('changed_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('watch_session_lesson_id_started_at')
    .on('watch_session')
    .columns(['lesson_id', 'started_at'])
    .execute();
  await db.schema
    .createIndex('lesson_total_lesson_id_complete')
    .on('lesson_total')
    .columns(['lesson_id', 'complete'])
    .execute();
}
