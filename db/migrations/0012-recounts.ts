import { sql, type Kysely } from 'kysely';

/** What a class's other rules would make of its learners' credit, and made of it once they were decided. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // A day may be decided about again: the later decision of the same first day holds.
  await db.schema
    .createTable('class_rule_set_with_id')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('class_id', 'text', (c) => c.notNull().references('training_class.id'))
    .addColumn('from_day', 'text', (c) => c.notNull())
    .addColumn('rule_set_version_id', 'text', (c) => c.notNull().references('rule_set_version.id'))
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('decided_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('decided_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('class_rule_set_id_pk', ['id'])
    .execute();
  await sql`insert into class_rule_set_with_id
    (id, class_id, from_day, rule_set_version_id, reason, decided_by, decided_at)
    select class_id || ' ' || from_day, class_id, from_day, rule_set_version_id, reason, decided_by, decided_at
    from class_rule_set`.execute(db);
  await db.schema.dropTable('class_rule_set').execute();
  await db.schema.alterTable('class_rule_set_with_id').renameTo('class_rule_set').execute();
  await db.schema
    .createIndex('class_rule_set_class_id_from_day')
    .on('class_rule_set')
    .columns(['class_id', 'from_day'])
    .execute();

  await db.schema
    .createTable('recount')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('class_id', 'text', (c) => c.notNull().references('training_class.id'))
    .addColumn('from_day', 'text', (c) => c.notNull())
    .addColumn('rule_set_version_id', 'text', (c) => c.notNull().references('rule_set_version.id'))
    .addColumn('asked_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('asked_at', 'bigint', (c) => c.notNull())
    .addColumn('learners', 'integer', (c) => c.notNull())
    .addColumn('counted', 'integer', (c) => c.notNull())
    .addColumn('last_person_id', 'text', (c) => c.notNull())
    .addColumn('previewed_at', 'bigint')
    .addColumn('applied_at', 'bigint')
    .addColumn('finished_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('recount_class_id_asked_at')
    .on('recount')
    .columns(['class_id', 'asked_at'])
    .execute();
  await db.schema
    .createTable('recount_learner')
    .addColumn('recount_id', 'text', (c) => c.notNull().references('recount.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('enrollment_id', 'text', (c) => c.notNull().references('enrollment.id'))
    .addColumn('before_ms', 'bigint', (c) => c.notNull())
    .addColumn('after_ms', 'bigint', (c) => c.notNull())
    .addColumn('elsewhere_ms', 'bigint', (c) => c.notNull())
    .addColumn('applied_at', 'bigint')
    .addPrimaryKeyConstraint('recount_learner_pk', ['recount_id', 'person_id'])
    .execute();
}
