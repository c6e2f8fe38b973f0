import { sql, type Kysely } from 'kysely';

/** Who reviews a course for each side, the candidates for its next version, and who signed which content. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('course_reviewer')
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('named_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('named_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('course_reviewer_pk', ['course_id', 'person_id'])
    .execute();
  await db.schema
    .createTable('publication_request')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('requested_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('requested_at', 'bigint', (c) => c.notNull())
    .addColumn('closed_at', 'bigint')
    .addColumn('outcome', 'text', (c) =>
      c.check(sql`outcome in ('published', 'replaced', 'withdrawn')`),
    )
    .addColumn('course_version_id', 'text', (c) => c.references('course_version.id'))
    .addCheckConstraint('publication_request_check_1', sql`(closed_at is null) = (outcome is null)`)
    .execute();
  await sql`create unique index publication_request_open on publication_request (course_id)
    where closed_at is null`.execute(db);
  await db.schema
    .createIndex('publication_request_course_id')
    .on('publication_request')
    .columns(['course_id', 'requested_at'])
    .execute();
  await db.schema
    .createTable('sign_off')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('request_id', 'text', (c) => c.notNull().references('publication_request.id'))
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('signed_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('signed_at', 'bigint', (c) => c.notNull())
    .addColumn('withdrawn_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('sign_off_course_id')
    .on('sign_off')
    .columns(['course_id', 'organization_id', 'signed_at'])
    .execute();
  await db.schema.alterTable('course').addColumn('bureau_review_since', 'bigint').execute();
  await db.schema.alterTable('course_version').addColumn('change_log', 'text').execute();
  await db.schema
    .alterTable('course_version')
    .addColumn('note', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
}
