import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('learner_stream')
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('last_number', 'integer', (c) => c.notNull())
    .addColumn('last_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('learner_stream_pk', ['person_id'])
    .execute();
  await db.schema
    .createTable('watch_session')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('enrollment_id', 'text', (c) => c.notNull().references('enrollment.id'))
    .addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
    .addColumn('media_id', 'text', (c) => c.notNull().references('media.id'))
    .addColumn('duration_ms', 'integer', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .addUniqueConstraint('watch_session_person_id_number_unique', ['person_id', 'number'])
    .addCheckConstraint('watch_session_check_1', sql`duration_ms > 0`)
    .execute();
  await db.schema
    .createIndex('watch_session_enrollment_id_lesson_id_number')
    .on('watch_session')
    .columns(['enrollment_id', 'lesson_id', 'number'])
    .execute();
  await db.schema
    .createTable('session_total')
    .addColumn('session_id', 'text', (c) => c.notNull().references('watch_session.id'))
    .addColumn('ack_seq', 'integer', (c) => c.notNull())
    .addColumn('last_seq', 'integer', (c) => c.notNull())
    .addColumn('wall_to_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('session_total_pk', ['session_id'])
    .addCheckConstraint('session_total_check_1', sql`ack_seq <= last_seq`)
    .execute();
  await db.schema
    .createTable('beat')
    .addColumn('session_id', 'text', (c) => c.notNull().references('watch_session.id'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('wall_from_ms', 'bigint', (c) => c.notNull())
    .addColumn('wall_to_ms', 'bigint', (c) => c.notNull())
    .addColumn('media_from_ms', 'integer', (c) => c.notNull())
    .addColumn('media_to_ms', 'integer', (c) => c.notNull())
    .addColumn('visible', 'integer', (c) => c.notNull().check(sql`visible in (0, 1)`))
    .addColumn('arrived_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('beat_pk', ['session_id', 'seq'])
    .addCheckConstraint('beat_check_1', sql`seq > 0`)
    .addCheckConstraint('beat_check_2', sql`wall_from_ms >= 0`)
    .addCheckConstraint('beat_check_3', sql`wall_from_ms <= wall_to_ms`)
    .addCheckConstraint('beat_check_4', sql`media_from_ms >= 0`)
    .addCheckConstraint('beat_check_5', sql`media_from_ms <= media_to_ms`)
    .execute();
  await db.schema
    .createTable('refused_beat')
    .addColumn('session_id', 'text', (c) => c.notNull().references('watch_session.id'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('wall_from_ms', 'bigint', (c) => c.notNull())
    .addColumn('wall_to_ms', 'bigint', (c) => c.notNull())
    .addColumn('media_from_ms', 'integer', (c) => c.notNull())
    .addColumn('media_to_ms', 'integer', (c) => c.notNull())
    .addColumn('visible', 'integer', (c) => c.notNull().check(sql`visible in (0, 1)`))
    .addColumn('arrived_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('refused_beat_pk', [
      'session_id',
      'seq',
      'wall_from_ms',
      'wall_to_ms',
      'media_from_ms',
      'media_to_ms',
      'visible',
    ])
    .addCheckConstraint('refused_beat_check_1', sql`seq > 0`)
    .addCheckConstraint('refused_beat_check_2', sql`wall_from_ms >= 0`)
    .addCheckConstraint('refused_beat_check_3', sql`wall_from_ms <= wall_to_ms`)
    .addCheckConstraint('refused_beat_check_4', sql`media_from_ms >= 0`)
    .addCheckConstraint('refused_beat_check_5', sql`media_from_ms <= media_to_ms`)
    .execute();
  await db.schema
    .createTable('lesson_total')
    .addColumn('enrollment_id', 'text', (c) => c.notNull().references('enrollment.id'))
    .addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('credited_ms', 'bigint', (c) => c.notNull())
    .addColumn('covered_ms', 'bigint', (c) => c.notNull())
    .addColumn('spent_ms', 'bigint', (c) => c.notNull())
    .addColumn('coverage', 'text', (c) => c.notNull())
    .addColumn('folded_to_at', 'bigint', (c) => c.notNull())
    .addColumn('last_media_ms', 'integer', (c) => c.notNull())
    .addColumn('last_studied_at', 'bigint', (c) => c.notNull())
    .addColumn('complete', 'integer', (c) => c.notNull().check(sql`complete in (0, 1)`))
    .addPrimaryKeyConstraint('lesson_total_pk', ['enrollment_id', 'lesson_id'])
    .addCheckConstraint('lesson_total_check_1', sql`credited_ms <= spent_ms`)
    .addCheckConstraint('lesson_total_check_2', sql`credited_ms <= covered_ms`)
    .execute();
  await db.schema
    .createIndex('lesson_total_person_id')
    .on('lesson_total')
    .columns(['person_id'])
    .execute();
  await db.schema
    .createTable('lesson_day')
    .addColumn('enrollment_id', 'text', (c) => c.notNull().references('enrollment.id'))
    .addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('credited_ms', 'bigint', (c) => c.notNull())
    .addColumn('spent_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('lesson_day_pk', ['enrollment_id', 'day', 'lesson_id'])
    .addCheckConstraint('lesson_day_check_1', sql`credited_ms <= spent_ms`)
    .execute();
  await db.schema.createIndex('lesson_day_day').on('lesson_day').columns(['day']).execute();
}
