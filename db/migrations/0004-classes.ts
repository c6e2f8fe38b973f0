import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('rule_set')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('name_en', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('rule_set_version')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('rule_set_id', 'text', (c) => c.notNull().references('rule_set.id'))
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('published_at', 'bigint', (c) => c.notNull())
    .addColumn('minutes_per_class_hour', 'integer', (c) => c.notNull())
    .addColumn('max_speed_milli', 'integer', (c) => c.notNull())
    .addColumn('require_visible', 'integer', (c) =>
      c.notNull().check(sql`require_visible in (0, 1)`),
    )
    .addColumn('daily_cap_ms', 'integer')
    .addColumn('offline_allowance_ms', 'integer', (c) => c.notNull())
    .addColumn('presence', 'text')
    .addUniqueConstraint('rule_set_version_rule_set_id_version_unique', ['rule_set_id', 'version'])
    .addCheckConstraint('rule_set_version_check_1', sql`minutes_per_class_hour > 0`)
    .addCheckConstraint('rule_set_version_check_2', sql`max_speed_milli between 500 and 2000`)
    .execute();
  await db.schema
    .createTable('training_class')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('starts_on', 'text', (c) => c.notNull())
    .addColumn('ends_on', 'text', (c) => c.notNull())
    .addColumn('capacity', 'integer', (c) => c.notNull())
    .addColumn('required_tenths', 'integer', (c) => c.notNull())
    .addColumn('rule_set_version_id', 'text', (c) => c.notNull().references('rule_set_version.id'))
    .addColumn('open_to_applications', 'integer', (c) =>
      c.notNull().check(sql`open_to_applications in (0, 1)`),
    )
    .addColumn('created_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addCheckConstraint('training_class_check_1', sql`starts_on <= ends_on`)
    .addCheckConstraint('training_class_check_2', sql`capacity > 0`)
    .addCheckConstraint('training_class_check_3', sql`required_tenths >= 0`)
    .execute();
  await db.schema
    .createIndex('training_class_organization_id')
    .on('training_class')
    .columns(['organization_id'])
    .execute();
  await db.schema
    .createTable('class_course')
    .addColumn('class_id', 'text', (c) => c.notNull().references('training_class.id'))
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('course_version_id', 'text', (c) => c.notNull().references('course_version.id'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('class_course_pk', ['class_id', 'course_id'])
    .execute();
  await db.schema
    .createIndex('class_course_course_version_id')
    .on('class_course')
    .columns(['course_version_id'])
    .execute();
  await db.schema
    .createTable('enrollment')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('class_id', 'text', (c) => c.notNull().references('training_class.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('enrollment_class_id_person_id_unique', ['class_id', 'person_id'])
    .addCheckConstraint(
      'enrollment_check_1',
      sql`status in ('applied', 'enrolled', 'completed', 'withdrawn')`,
    )
    .execute();
  await db.schema
    .createIndex('enrollment_person_id')
    .on('enrollment')
    .columns(['person_id'])
    .execute();
  await db.schema
    .createTable('enrollment_status')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('enrollment_id', 'text', (c) => c.notNull().references('enrollment.id'))
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('from_at', 'bigint', (c) => c.notNull())
    .addColumn('by_person_id', 'text')
    .addCheckConstraint(
      'enrollment_status_check_1',
      sql`status in ('applied', 'enrolled', 'completed', 'withdrawn')`,
    )
    .execute();
  await db.schema
    .createIndex('enrollment_status_enrollment_id_from_at')
    .on('enrollment_status')
    .columns(['enrollment_id', 'from_at'])
    .execute();
  await db.schema
    .createTable('article_reading')
    .addColumn('enrollment_id', 'text', (c) => c.notNull().references('enrollment.id'))
    .addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
    .addColumn('read_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('article_reading_pk', ['enrollment_id', 'lesson_id'])
    .execute();
  await db.schema
    .createTable('message')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('class_id', 'text', (c) => c.notNull().references('training_class.id'))
    .addColumn('sent_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('sent_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('message_class_id').on('message').columns(['class_id']).execute();
  await db.schema
    .createTable('message_recipient')
    .addColumn('message_id', 'text', (c) => c.notNull().references('message.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('read_at', 'bigint')
    .addPrimaryKeyConstraint('message_recipient_pk', ['message_id', 'person_id'])
    .execute();
  await db.schema
    .createIndex('message_recipient_person_id')
    .on('message_recipient')
    .columns(['person_id'])
    .execute();
  await db.schema
    .createTable('roster_draft')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('class_id', 'text', (c) => c.references('training_class.id'))
    .addColumn('by_person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('file_name', 'text', (c) => c.notNull())
    .addColumn('rows', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('imported_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('roster_draft_expires_at')
    .on('roster_draft')
    .columns(['expires_at'])
    .execute();
}
