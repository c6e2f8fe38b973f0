import { sql, type Kysely } from 'kysely';

/** Corrections of class hours, and the appeals that lead to them. Both are only ever added to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('appeal')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('enrollment_id', 'text', (c) => c.notNull().references('enrollment.id'))
    .addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
    .addColumn('day', 'text')
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('made_at', 'bigint', (c) => c.notNull())
    .addColumn('decided_at', 'bigint')
    .addColumn('decided_by', 'text', (c) => c.references('person.id'))
    .addColumn('decision', 'text', (c) => c.check(sql`decision in ('accepted', 'declined')`))
    .addColumn('answer', 'text')
    .execute();
  await db.schema
    .createIndex('appeal_enrollment_id_lesson_id')
    .on('appeal')
    .columns(['enrollment_id', 'lesson_id'])
    .execute();
  await db.schema
    .createTable('correction')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('enrollment_id', 'text', (c) => c.notNull().references('enrollment.id'))
    .addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('ms', 'bigint', (c) => c.notNull())
    .addColumn('cause', 'text', (c) => c.notNull().check(sql`cause in ('decision', 'recount')`))
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('decided_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('decided_at', 'bigint', (c) => c.notNull())
    .addColumn('appeal_id', 'text', (c) => c.references('appeal.id'))
    .addCheckConstraint('correction_check_1', sql`ms <> 0`)
    .execute();
  await db.schema
    .createIndex('correction_enrollment_id_lesson_id')
    .on('correction')
    .columns(['enrollment_id', 'lesson_id'])
    .execute();
  await db.schema
    .createIndex('correction_decided_at')
    .on('correction')
    .columns(['decided_at'])
    .execute();
  for (const table of ['lesson_total', 'lesson_day'] as const) {
    await db.schema
      .alterTable(table)
      .addColumn('corrected_ms', 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
  }
}
