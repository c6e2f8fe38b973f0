import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('course')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('occupation', 'text', (c) => c.notNull())
    .addColumn('level', 'text', (c) => c.notNull())
    .addColumn('summary', 'text', (c) => c.notNull())
    .addColumn('cover', 'text', (c) => c.notNull())
    .addColumn('lead_organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('created_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('changed_by', 'text', (c) => c.references('person.id'))
    .addColumn('changed_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('course_lead_organization_id')
    .on('course')
    .columns(['lead_organization_id'])
    .execute();
  await db.schema
    .createTable('course_partner')
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('invited_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('invited_at', 'bigint', (c) => c.notNull())
    .addColumn('accepted_by', 'text')
    .addColumn('accepted_at', 'bigint')
    .addColumn('declined_at', 'bigint')
    .addPrimaryKeyConstraint('course_partner_pk', ['course_id', 'organization_id'])
    .execute();
  await db.schema
    .createIndex('course_partner_organization_id')
    .on('course_partner')
    .columns(['organization_id'])
    .execute();
  await db.schema
    .createTable('course_author')
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('named_by', 'text', (c) => c.notNull())
    .addColumn('named_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('course_author_pk', ['course_id', 'person_id'])
    .execute();
  await db.schema
    .createIndex('course_author_person_id')
    .on('course_author')
    .columns(['person_id'])
    .execute();
  await db.schema
    .createTable('media')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('uploaded_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('filename', 'text', (c) => c.notNull())
    .addColumn('bytes', 'bigint', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('duration_ms', 'integer', (c) => c.notNull())
    .addColumn('width', 'integer', (c) => c.notNull())
    .addColumn('height', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addCheckConstraint(
      'media_check_1',
      sql`state in ('received', 'converting', 'playable', 'ready', 'refused')`,
    )
    .execute();
  await db.schema.createIndex('media_course_id').on('media').columns(['course_id']).execute();
  await db.schema
    .createTable('rendition')
    .addColumn('media_id', 'text', (c) => c.notNull().references('media.id'))
    .addColumn('height', 'integer', (c) => c.notNull())
    .addColumn('bitrate', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('rendition_pk', ['media_id', 'height'])
    .execute();
  await db.schema
    .createTable('caption')
    .addColumn('media_id', 'text', (c) => c.notNull().references('media.id'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('label', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('caption_pk', ['media_id', 'language'])
    .execute();
  await db.schema
    .createTable('upload')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('filename', 'text', (c) => c.notNull())
    .addColumn('bytes', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('finished_at', 'bigint')
    .execute();
  await db.schema.createIndex('upload_person_id').on('upload').columns(['person_id']).execute();
  await db.schema
    .createTable('job')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('payload', 'text', (c) => c.notNull())
    .addColumn('run_after', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('claimed_by', 'text')
    .addColumn('claimed_until', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('failed_at', 'bigint')
    .addColumn('error', 'text')
    .execute();
  await db.schema
    .createIndex('job_finished_at_failed_at_run_after')
    .on('job')
    .columns(['finished_at', 'failed_at', 'run_after'])
    .execute();
  await db.schema
    .createTable('chapter')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('producer_organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('changed_by', 'text', (c) => c.references('person.id'))
    .addColumn('changed_at', 'bigint')
    .addColumn('removed_at', 'bigint')
    .execute();
  await db.schema.createIndex('chapter_course_id').on('chapter').columns(['course_id']).execute();
  await db.schema
    .createTable('lesson')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('chapter_id', 'text', (c) => c.notNull().references('chapter.id'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('media_id', 'text', (c) => c.references('media.id'))
    .addColumn('article_html', 'text', (c) => c.notNull())
    .addColumn('producer_organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('author_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('updated_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addColumn('removed_at', 'bigint')
    .addCheckConstraint('lesson_check_1', sql`kind in ('video', 'article')`)
    .execute();
  await db.schema.createIndex('lesson_course_id').on('lesson').columns(['course_id']).execute();
  await db.schema.createIndex('lesson_chapter_id').on('lesson').columns(['chapter_id']).execute();
  await db.schema.createIndex('lesson_media_id').on('lesson').columns(['media_id']).execute();
  await db.schema
    .createTable('course_version')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('occupation', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('level', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('summary', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('cover', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('published_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('published_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('course_version_course_id_number_unique', ['course_id', 'number'])
    .execute();
  await db.schema
    .createTable('course_version_chapter')
    .addColumn('course_version_id', 'text', (c) => c.notNull().references('course_version.id'))
    .addColumn('chapter_id', 'text', (c) => c.notNull().references('chapter.id'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('course_version_chapter_pk', ['course_version_id', 'chapter_id'])
    .execute();
  await db.schema
    .createTable('course_version_lesson')
    .addColumn('course_version_id', 'text', (c) => c.notNull().references('course_version.id'))
    .addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
    .addColumn('chapter_id', 'text', (c) => c.notNull().references('chapter.id'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('media_id', 'text', (c) => c.references('media.id'))
    .addColumn('duration_ms', 'integer', (c) => c.notNull())
    .addColumn('article_html', 'text', (c) => c.notNull())
    .addColumn('producer_organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('author_id', 'text', (c) => c.notNull().references('person.id'))
    .addPrimaryKeyConstraint('course_version_lesson_pk', ['course_version_id', 'lesson_id'])
    .execute();
  await db.schema
    .createIndex('course_version_lesson_lesson_id')
    .on('course_version_lesson')
    .columns(['lesson_id'])
    .execute();
  await db.schema
    .createIndex('course_version_lesson_media_id')
    .on('course_version_lesson')
    .columns(['media_id'])
    .execute();
}
