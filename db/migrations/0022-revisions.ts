import type { Kysely } from 'kysely';

/** What each lesson, and each course's outline, was at what time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('course_revision')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('lesson_id', 'text', (c) => c.references('lesson.id'))
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('organization_id', 'text', (c) => c.references('organization.id'))
    .addColumn('begun_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint', (c) => c.notNull())
    .addColumn('name', 'text')
    .execute();
  await db.schema
    .createIndex('course_revision_course_id')
    .on('course_revision')
    .columns(['course_id', 'ended_at', 'id'])
    .execute();
  await db.schema
    .createIndex('course_revision_lesson_id')
    .on('course_revision')
    .columns(['lesson_id', 'ended_at', 'id'])
    .execute();
}
