import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('organization')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('mark', 'text', (c) => c.notNull())
    .addColumn('short_code', 'text', (c) => c.notNull().unique())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addCheckConstraint(
      'organization_check_1',
      sql`kind in ('technicianCollege', 'seniorTechnicalSchool', 'technicalSchool', 'enterprise', 'researchInstitute', 'trainingProvider', 'bureau')`,
    )
    .execute();
  await db.schema
    .createTable('membership')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organization.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('granted_by', 'text')
    .addColumn('granted_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .addCheckConstraint(
      'membership_check_1',
      sql`role in ('learner', 'instructor', 'mentor', 'manager')`,
    )
    .execute();
  await db.schema
    .createIndex('membership_person_id')
    .on('membership')
    .columns(['person_id'])
    .execute();
  await db.schema
    .createIndex('membership_organization_id_role')
    .on('membership')
    .columns(['organization_id', 'role'])
    .execute();
  await db.schema
    .createIndex('membership_current')
    .on('membership')
    .columns(['organization_id', 'person_id', 'role'])
    .unique()
    .where(sql.ref('ended_at'), 'is', null)
    .execute();
  await db.schema
    .createTable('bureau_administrator')
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('granted_by', 'text')
    .addColumn('granted_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .addPrimaryKeyConstraint('bureau_administrator_pk', ['person_id'])
    .execute();
  await db.schema
    .createTable('audit_entry')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('actor_id', 'text')
    .addColumn('organization_id', 'text')
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('subject_type', 'text', (c) => c.notNull())
    .addColumn('subject_id', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('audit_entry_at').on('audit_entry').columns(['at']).execute();
  await db.schema
    .createIndex('audit_entry_organization_id_at')
    .on('audit_entry')
    .columns(['organization_id', 'at'])
    .execute();
  await db.schema
    .createIndex('audit_entry_actor_id_at')
    .on('audit_entry')
    .columns(['actor_id', 'at'])
    .execute();
  await db.schema
    .createIndex('audit_entry_subject_id')
    .on('audit_entry')
    .columns(['subject_id'])
    .execute();
}
