import { sql, type Kysely } from 'kysely';

/** What people say about lessons and what they suggest there; beside the text, never in it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('comment_thread')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
    .addColumn('anchor', 'text', (c) =>
      c.notNull().check(sql`anchor in ('lesson', 'text', 'video')`),
    )
    .addColumn('range_start', 'text')
    .addColumn('range_end', 'text')
    .addColumn('quote', 'text')
    .addColumn('media_id', 'text', (c) => c.references('media.id'))
    .addColumn('moment_ms', 'integer')
    .addColumn('replacement', 'text')
    .addColumn('created_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) =>
      c.check(sql`outcome in ('accepted', 'rejected', 'withdrawn')`),
    )
    .addColumn('decided_by', 'text', (c) => c.references('person.id'))
    .addColumn('decided_for', 'text', (c) => c.references('organization.id'))
    .addColumn('decided_at', 'bigint')
    .addColumn('edit_number', 'integer')
    .addColumn('resolved_by', 'text', (c) => c.references('person.id'))
    .addColumn('resolved_at', 'bigint')
    .addCheckConstraint(
      'comment_thread_check_1',
      sql`(anchor = 'text') = (range_start is not null and range_end is not null and quote is not null)`,
    )
    .addCheckConstraint(
      'comment_thread_check_2',
      sql`(anchor = 'video') = (media_id is not null and moment_ms is not null)`,
    )
    .addCheckConstraint('comment_thread_check_3', sql`replacement is null or anchor = 'text'`)
    .addCheckConstraint(
      'comment_thread_check_4',
      sql`(outcome is null) = (decided_at is null) and (outcome is null or replacement is not null)`,
    )
    .execute();
  await db.schema
    .createIndex('comment_thread_lesson_id')
    .on('comment_thread')
    .columns(['lesson_id', 'created_at'])
    .execute();
  await sql`create index comment_thread_open on comment_thread (course_id)
    where outcome is null and resolved_at is null`.execute(db);
  await db.schema
    .createTable('comment')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('thread_id', 'text', (c) => c.notNull().references('comment_thread.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('written_at', 'bigint', (c) => c.notNull())
    .addColumn('removed_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('comment_thread_id')
    .on('comment')
    .columns(['thread_id', 'written_at'])
    .execute();
  await db.schema
    .createTable('comment_mention')
    .addColumn('comment_id', 'text', (c) => c.notNull().references('comment.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addPrimaryKeyConstraint('comment_mention_pk', ['comment_id', 'person_id'])
    .execute();
  await db.schema
    .createIndex('comment_mention_person_id')
    .on('comment_mention')
    .column('person_id')
    .execute();
  await db.schema
    .alterTable('lesson_text')
    .addColumn('comments_version', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
