import { sql, type Kysely } from 'kysely';

/** What the clauses presence and daily-cap need, and rule sets that change from a day on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const counters = ['folded_to_at', 'presence_spent_ms', 'presence_base_ms'] as const;
  for (const column of counters) {
    await db.schema
      .alterTable('learner_stream')
      .addColumn(column, 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
  }
  await db.schema
    .alterTable('learner_stream')
    .addColumn('presence_draw', 'integer', (c) => c.notNull().defaultTo(500_000))
    .execute();
  for (const column of ['open_check_at', 'last_check_passed_at'] as const) {
    await db.schema.alterTable('learner_stream').addColumn(column, 'bigint').execute();
  }
  await sql`update learner_stream set folded_to_at = coalesce(
    (select max(folded_to_at) from lesson_total where lesson_total.person_id = learner_stream.person_id), 0)`.execute(
    db,
  );

  // How far a session reaches is found again from its beats, and from now on how long it was in touch.
  await sql`delete from session_total`.execute(db);
  await db.schema
    .alterTable('session_total')
    .addColumn('in_touch', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute();

  await db.schema
    .createTable('learner_day')
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('credited_ms', 'bigint', (c) => c.notNull())
    .addColumn('spent_ms', 'bigint', (c) => c.notNull())
    .addColumn('presence_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('learner_day_pk', ['person_id', 'day'])
    .addCheckConstraint('learner_day_check_1', sql`credited_ms <= spent_ms`)
    .addCheckConstraint('learner_day_check_2', sql`presence_ms <= spent_ms`)
    .execute();
  await sql`insert into learner_day (person_id, day, credited_ms, spent_ms, presence_ms)
    select enrollment.person_id, lesson_day.day, sum(lesson_day.credited_ms), sum(lesson_day.spent_ms), 0
    from lesson_day join enrollment on enrollment.id = lesson_day.enrollment_id
    group by enrollment.person_id, lesson_day.day`.execute(db);

  await db.schema
    .createTable('presence_check')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('session_id', 'text', (c) => c.notNull().references('watch_session.id'))
    .addColumn('asked_at', 'bigint', (c) => c.notNull())
    .addColumn('passed_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('presence_check_person_id_asked_at')
    .on('presence_check')
    .columns(['person_id', 'asked_at'])
    .execute();
  await db.schema
    .createTable('presence_question')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('check_id', 'text', (c) => c.notNull().references('presence_check.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('asked_at', 'bigint', (c) => c.notNull())
    .addColumn('question', 'text', (c) => c.notNull())
    .addColumn('options', 'text', (c) => c.notNull())
    .addColumn('right_option', 'text', (c) => c.notNull())
    .addColumn('answered_at', 'bigint')
    .addColumn('answer', 'text')
    .addColumn('answered_in', 'text', (c) => c.references('watch_session.id'))
    .addUniqueConstraint('presence_question_check_id_number_unique', ['check_id', 'number'])
    .execute();
  await db.schema
    .createIndex('presence_question_answered_in')
    .on('presence_question')
    .columns(['answered_in'])
    .execute();

  await db.schema
    .createTable('class_rule_set')
    .addColumn('class_id', 'text', (c) => c.notNull().references('training_class.id'))
    .addColumn('from_day', 'text', (c) => c.notNull())
    .addColumn('rule_set_version_id', 'text', (c) => c.notNull().references('rule_set_version.id'))
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('decided_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('decided_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('class_rule_set_pk', ['class_id', 'from_day'])
    .execute();
}
