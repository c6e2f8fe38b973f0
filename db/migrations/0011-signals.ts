import { sql, type Kysely } from 'kysely';

/** What a manager is shown to look at, and the facts it is drawn from that were not kept before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('watch_session').addColumn('device_hash', 'text').execute();
  // Sessions opened before this have no record of what was served to them.
  await db.schema
    .alterTable('watch_session')
    .addColumn('serving_known', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`serving_known in (0, 1)`),
    )
    .execute();
  await db.schema
    .createIndex('watch_session_device_hash_started_at')
    .on('watch_session')
    .columns(['device_hash', 'started_at'])
    .execute();
  await db.schema
    .createTable('media_serving')
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('media_id', 'text', (c) => c.notNull().references('media.id'))
    .addColumn('first_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('media_serving_pk', ['person_id', 'media_id'])
    .execute();
  await db.schema
    .createIndex('media_serving_first_at')
    .on('media_serving')
    .columns(['first_at'])
    .execute();
  await db.schema
    .createTable('session_trait')
    .addColumn('session_id', 'text', (c) => c.primaryKey().notNull().references('watch_session.id'))
    .addColumn('seen', 'text', (c) => c.notNull())
    .addColumn('wall_to_ms', 'bigint', (c) => c.notNull())
    .addColumn('even', 'text')
    .addColumn('nights', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('signal_scan')
    .addColumn('person_id', 'text', (c) => c.primaryKey().notNull().references('person.id'))
    .addColumn('seen_to_at', 'bigint', (c) => c.notNull())
    .addColumn('scanned_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('signal_scan_scanned_at')
    .on('signal_scan')
    .columns(['scanned_at'])
    .execute();
  await db.schema
    .createTable('signal')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('class_id', 'text', (c) => c.notNull().references('training_class.id'))
    .addColumn('enrollment_id', 'text', (c) => c.notNull().references('enrollment.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('measure', 'bigint', (c) => c.notNull())
    .addColumn('evidence', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('signal_class_id_kind')
    .on('signal')
    .columns(['class_id', 'kind'])
    .execute();
  await db.schema
    .createIndex('signal_enrollment_id')
    .on('signal')
    .columns(['enrollment_id'])
    .execute();
  await db.schema
    .createTable('signal_note')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    // The signal may be found again under the same id, or be gone: this row stays.
    .addColumn('signal_id', 'text', (c) => c.notNull())
    .addColumn('enrollment_id', 'text', (c) => c.notNull().references('enrollment.id'))
    .addColumn('measure', 'bigint', (c) => c.notNull())
    .addColumn('evidence', 'text', (c) => c.notNull())
    .addColumn('found', 'text', (c) => c.notNull())
    .addColumn('noted_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('noted_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('signal_note_signal_id')
    .on('signal_note')
    .columns(['signal_id'])
    .execute();
}
