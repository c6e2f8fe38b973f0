import { sql, type Kysely } from 'kysely';

/** Which chapters every partner edits. Those from before were everybody's, and stay so. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('chapter').addColumn('open_to_partners_since', 'bigint').execute();
  await sql`update chapter set open_to_partners_since =
    (select created_at from course where course.id = chapter.course_id)`.execute(db);
}
