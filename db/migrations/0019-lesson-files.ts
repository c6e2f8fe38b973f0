import { sql, type Kysely } from 'kysely';

/** Pictures and attachments of lesson texts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('lesson_file')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('uploaded_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('bytes', 'bigint', (c) => c.notNull())
    .addColumn('width', 'integer', (c) => c.notNull())
    .addColumn('height', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addCheckConstraint('lesson_file_check_1', sql`kind in ('image', 'attachment')`)
    .execute();
  await db.schema
    .createIndex('lesson_file_course_id')
    .on('lesson_file')
    .columns(['course_id'])
    .execute();
}
