import { sql, type Kysely } from 'kysely';

/** How long a lesson is planned to be, which links were found to work, and what a version left open. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['lesson', 'course_version_lesson']) {
    await db.schema.alterTable(table).addColumn('planned_minutes', 'integer').execute();
  }
  for (const table of ['publication_request', 'course_version']) {
    await db.schema.alterTable(table).addColumn('open_points', 'text').execute();
  }
  await db.schema
    .createTable('link_check')
    .addColumn('url', 'text', (c) => c.primaryKey().notNull())
    .addColumn('outcome', 'text', (c) =>
      c.notNull().check(sql`outcome in ('works', 'broken', 'unreachable', 'refused')`),
    )
    .addColumn('status', 'integer')
    .addColumn('checked_at', 'bigint', (c) => c.notNull())
    .execute();
}
