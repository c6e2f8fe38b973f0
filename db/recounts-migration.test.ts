import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from './client.server';
import { migrate } from './migrate';
import { makeClass, makeOrganization, makePerson, makeRuleSet } from './testing-cast';
import { openTestDatabase } from './testing.server';

let client: DatabaseClient;
beforeAll(async () => {
  client = await openTestDatabase();
});
afterAll(() => client.close());

/** Leaves the database as it was before migration 12. */
async function goBack(): Promise<void> {
  const { schema } = client.db;
  for (const table of ['recount_learner', 'recount', 'class_rule_set']) {
    await schema.dropTable(table).execute();
  }
  await sql`create table class_rule_set (class_id text not null, from_day text not null,
    rule_set_version_id text not null, reason text not null, decided_by text not null, decided_at bigint not null,
    constraint class_rule_set_pk primary key (class_id, from_day))`.execute(client.db);
  await sql`delete from schema_migration where name = '0012-recounts'`.execute(client.db);
}

test('a database in which classes switched rules before keeps every decision, each with an id', async () => {
  const { db } = client;
  const organizationId = await makeOrganization(db, { name: '鸢都技师学院' });
  const { personId } = await makePerson(db, { name: '陈主任' });
  const given = { organizationId, createdBy: personId, courses: [] };
  const classes = [
    await makeClass(db, { title: '一班', ...given }),
    await makeClass(db, { title: '二班', ...given }),
  ];
  const versionId = await makeRuleSet(db);
  await goBack();
  for (const classId of classes) {
    for (const day of ['2026-11-05', '2026-11-09']) {
      await sql`insert into class_rule_set values
        (${classId}, ${day}, ${versionId}, '按文件', ${personId}, 1)`.execute(db);
    }
  }
  expect(await migrate(client, 2)).toEqual(['0012-recounts']);
  const rows = await db.selectFrom('class_rule_set').selectAll().orderBy('from_day').execute();
  expect(new Set(rows.map((row) => row.id)).size).toBe(4);
  expect(rows.map((row) => [row.from_day, row.reason, row.rule_set_version_id])).toEqual(
    ['2026-11-05', '2026-11-05', '2026-11-09', '2026-11-09'].map((day) => [
      day,
      '按文件',
      versionId,
    ]),
  );
});
