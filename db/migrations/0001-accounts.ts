import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('person')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('password_set_at', 'bigint')
    .addColumn('locale', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('disabled_at', 'bigint')
    .addColumn('roles_changed_at', 'bigint')
    .addCheckConstraint('person_check_1', sql`locale in ('zh', 'en')`)
    .execute();
  await db.schema
    .createTable('login_name')
    .addColumn('login_name', 'text', (c) => c.primaryKey().notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('organization_id', 'text')
    .addCheckConstraint('login_name_check_1', sql`kind in ('phone', 'user_name', 'staff_number')`)
    .execute();
  await db.schema
    .createIndex('login_name_person_id')
    .on('login_name')
    .columns(['person_id'])
    .execute();
  await db.schema
    .createTable('sign_in_session')
    .addColumn('id_hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('replaced_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('sign_in_session_person_id')
    .on('sign_in_session')
    .columns(['person_id'])
    .execute();
  await db.schema
    .createIndex('sign_in_session_expires_at')
    .on('sign_in_session')
    .columns(['expires_at'])
    .execute();
  await db.schema
    .createTable('start_code')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('code_hash', 'text', (c) => c.notNull())
    .addColumn('issued_by', 'text')
    .addColumn('issued_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('start_code_person_id')
    .on('start_code')
    .columns(['person_id'])
    .execute();
  await db.schema
    .createTable('consent')
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('given_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('consent_pk', ['person_id', 'version'])
    .execute();
  await db.schema
    .createTable('sign_in_failure')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('login_hash', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('known_device', 'integer', (c) => c.notNull().check(sql`known_device in (0, 1)`))
    .addColumn('pending', 'integer', (c) => c.notNull().check(sql`pending in (0, 1)`))
    .addColumn('failed_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('sign_in_failure_login_hash_failed_at')
    .on('sign_in_failure')
    .columns(['login_hash', 'failed_at'])
    .execute();
  await db.schema
    .createIndex('sign_in_failure_address_failed_at')
    .on('sign_in_failure')
    .columns(['address', 'failed_at'])
    .execute();
  await db.schema
    .createTable('known_device')
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('device_hash', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('known_device_pk', ['person_id', 'device_hash'])
    .execute();
  await db.schema
    .createTable('set_up_link')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('token_hash', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .execute();
  await db.schema
    .createTable('readiness')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('checked_at', 'bigint', (c) => c.notNull())
    .execute();
}
