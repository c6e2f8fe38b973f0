import { sql, type Kysely } from 'kysely';

/** What it takes to count what waits for a person without reading what others say, or whole candidates. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index comment_thread_open_created_by on comment_thread (created_by)
    where outcome is null and resolved_at is null`.execute(db);
  await db.schema
    .createIndex('comment_person_id')
    .on('comment')
    .columns(['person_id', 'thread_id'])
    .execute();
  await db.schema
    .createTable('publication_request_part')
    .addColumn('request_id', 'text', (c) => c.notNull().references('publication_request.id'))
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('publication_request_part_pk', ['request_id', 'organization_id'])
    .execute();
  // On SQLite a row is read through its content to what stands behind it.
  await sql`create index publication_request_waiting on publication_request
    (course_id, closed_at, id, number, hash, requested_by, requested_at) where closed_at is null`.execute(
    db,
  );
}
