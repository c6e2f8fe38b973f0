import { sql, type Kysely } from 'kysely';

/** Sums of lesson_day that reports read, and who studied where in which month; both written with the evidence. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('class_day')
    .addColumn('class_id', 'text', (c) => c.notNull().references('training_class.id'))
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('credited_ms', 'bigint', (c) => c.notNull())
    .addColumn('spent_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('class_day_pk', ['class_id', 'day'])
    .execute();
  for (const table of ['organization_day', 'producer_day'] as const) {
    await db.schema
      .createTable(table)
      .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
      .addColumn('minutes_per_class_hour', 'integer', (c) => c.notNull())
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('credited_ms', 'bigint', (c) => c.notNull())
      .addColumn('spent_ms', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint(`${table}_pk`, ['organization_id', 'minutes_per_class_hour', 'day'])
      .execute();
  }
  await db.schema
    .createTable('learner_month')
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('part', 'text', (c) => c.notNull().check(sql`part in ('organization', 'producer')`))
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('month', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('learner_month_pk', ['person_id', 'part', 'organization_id', 'month'])
    .execute();
  await db.schema
    .createIndex('learner_month_part_month_organization_id')
    .on('learner_month')
    .columns(['part', 'month', 'organization_id', 'person_id'])
    .execute();
  await db.schema
    .createTable('learner_count')
    .addColumn('part', 'text', (c) => c.notNull().check(sql`part in ('organization', 'producer')`))
    .addColumn('organization_id', 'text', (c) => c.notNull())
    .addColumn('month', 'text', (c) => c.notNull())
    .addColumn('learners', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('learner_count_pk', ['part', 'organization_id', 'month'])
    .execute();
  // Who studied a lesson, when its producer changes and no version names it any more.
  await db.schema
    .createIndex('watch_session_lesson_id')
    .on('watch_session')
    .columns(['lesson_id'])
    .execute();
  await fill(db);
}

async function fill(db: Kysely<unknown>): Promise<void> {
  const days = sql`
    select enrollment.person_id, enrollment.class_id, training_class.organization_id,
      rule_set_version.minutes_per_class_hour, lesson_day.day, lesson_day.credited_ms, lesson_day.spent_ms,
      coalesce(course_version_lesson.producer_organization_id, lesson.producer_organization_id) as producer_id
    from lesson_day
    join enrollment on enrollment.id = lesson_day.enrollment_id
    join training_class on training_class.id = enrollment.class_id
    join rule_set_version on rule_set_version.id = training_class.rule_set_version_id
    join lesson on lesson.id = lesson_day.lesson_id
    left join class_course on class_course.class_id = enrollment.class_id
      and class_course.course_id = lesson.course_id
    left join course_version_lesson
      on course_version_lesson.course_version_id = class_course.course_version_id
      and course_version_lesson.lesson_id = lesson_day.lesson_id`;
  await sql`insert into class_day (class_id, day, credited_ms, spent_ms)
    select class_id, day, sum(credited_ms), sum(spent_ms) from (${days}) as days
    group by class_id, day`.execute(db);
  await sql`insert into organization_day
      (organization_id, minutes_per_class_hour, day, credited_ms, spent_ms)
    select organization_id, minutes_per_class_hour, day, sum(credited_ms), sum(spent_ms)
    from (${days}) as days group by organization_id, minutes_per_class_hour, day`.execute(db);
  await sql`insert into producer_day
      (organization_id, minutes_per_class_hour, day, credited_ms, spent_ms)
    select producer_id, minutes_per_class_hour, day, sum(credited_ms), sum(spent_ms)
    from (${days}) as days group by producer_id, minutes_per_class_hour, day`.execute(db);
  for (const [part, key] of [
    ['organization', sql`organization_id`],
    ['producer', sql`producer_id`],
  ] as const) {
    await sql`insert into learner_month (person_id, part, organization_id, month)
      select distinct person_id, ${sql.lit(part)}, ${key}, substr(day, 1, 7)
      from (${days}) as days where credited_ms > 0`.execute(db);
  }
  const all = sql`''`;
  for (const [organization, month, which] of [
    [sql`organization_id`, sql`month`, sql`true`],
    [sql`organization_id`, all, sql`true`],
    [all, sql`month`, sql`part = 'organization'`],
    [all, all, sql`part = 'organization'`],
  ] as const) {
    await sql`insert into learner_count (part, organization_id, month, learners)
      select part, organization_id, month, count(distinct person_id) from (
        select part, ${organization} as organization_id, ${month} as month, person_id
        from learner_month where ${which}
      ) as studied group by part, organization_id, month`.execute(db);
  }
}
