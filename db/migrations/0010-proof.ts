import { PostgresAdapter, sql, type Kysely } from 'kysely';

/** Daily seals, what finds the arrivals of a day, and the settlements of classes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('seal')
    .addColumn('day', 'text', (c) => c.primaryKey().notNull())
    .addColumn('from_at', 'bigint', (c) => c.notNull())
    .addColumn('to_at', 'bigint', (c) => c.notNull())
    .addColumn('previous_hash', 'text', (c) => c.notNull())
    .addColumn('counts', 'text', (c) => c.notNull())
    .addColumn('leaf_count', 'integer', (c) => c.notNull())
    .addColumn('root', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('sealed_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('seal_from_at_unique', ['from_at'])
    .addCheckConstraint('seal_check_1', sql`from_at < to_at`)
    .execute();
  await db.schema
    .createTable('seal_leaf')
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('line_count', 'integer', (c) => c.notNull())
    .addColumn('marks', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('seal_leaf_pk', ['day', 'owner'])
    .execute();
  await db.schema.createIndex('seal_leaf_owner').on('seal_leaf').columns(['owner']).execute();

  // Beats lie in the order of their arrival: on PostgreSQL a block range index costs their insertion next to nothing.
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const using = isPostgres ? sql`using brin` : sql``;
  for (const table of ['beat', 'refused_beat']) {
    const name = sql.id(`${table}_arrived_at`);
    await sql`create index ${name} on ${sql.table(table)} ${using} (arrived_at)`.execute(db);
  }
  for (const [table, column] of [
    ['watch_session', 'started_at'],
    ['presence_check', 'asked_at'],
    ['presence_check', 'passed_at'],
    ['presence_question', 'asked_at'],
    ['presence_question', 'answered_at'],
    ['enrollment_status', 'from_at'],
  ] as const) {
    await db.schema.createIndex(`${table}_${column}`).on(table).columns([column]).execute();
  }

  await db.schema
    .createTable('settlement')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('class_id', 'text', (c) => c.notNull().references('training_class.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('from_day', 'text', (c) => c.notNull())
    .addColumn('to_day', 'text', (c) => c.notNull())
    .addColumn('minutes_per_class_hour', 'integer', (c) => c.notNull())
    .addColumn('settled_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('settled_at', 'bigint', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addUniqueConstraint('settlement_class_id_number_unique', ['class_id', 'number'])
    .addCheckConstraint('settlement_check_1', sql`from_day <= to_day`)
    .execute();
  await db.schema
    .createTable('settlement_line')
    .addColumn('settlement_id', 'text', (c) => c.notNull().references('settlement.id'))
    .addColumn('enrollment_id', 'text', (c) => c.notNull().references('enrollment.id'))
    .addColumn('credited_ms', 'bigint', (c) => c.notNull())
    .addColumn('adjustment_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('settlement_line_pk', ['settlement_id', 'enrollment_id'])
    .execute();
}
