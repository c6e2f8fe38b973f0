import type { Db } from '~db/client.server';
import { toRuleSet } from '../class-hours/lesson-law.server';
import { inChunks } from '../shared/in-chunks';
import { openLineWriter } from './file-writer.server';
import { FILES, type PackageManifest } from './package-format';

const PEOPLE_AT_ONCE = 500;

/** Writes what the law needs beside the evidence (classes, rule sets), and the names of people and lessons. */
export async function writeFacts(
  db: Db,
  folder: string,
  people: readonly string[],
): Promise<PackageManifest['files']> {
  const classes = await openLineWriter(folder, FILES.classes);
  const rows = await db
    .selectFrom('training_class')
    .select(['id', 'title', 'organization_id as organizationId', 'starts_on as startsOn'])
    .select(['ends_on as endsOn', 'rule_set_version_id as ruleSetVersionId'])
    .orderBy('id')
    .execute();
  for (const row of rows) await classes.write(JSON.stringify(row));

  const ruleSets = await openLineWriter(folder, FILES.ruleSets);
  const versions = await db
    .selectFrom('rule_set_version')
    .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
    .selectAll('rule_set_version')
    .select('rule_set.name')
    .orderBy('rule_set_version.id')
    .execute();
  for (const row of versions) {
    await ruleSets.write(JSON.stringify({ id: row.id, ...toRuleSet(row) }));
  }

  const lessons = await openLineWriter(folder, FILES.lessons);
  const titles = await db
    .selectFrom('lesson')
    .select(['id', 'course_id as courseId', 'title'])
    .orderBy('id')
    .execute();
  for (const row of titles) await lessons.write(JSON.stringify(row));

  const names = await openLineWriter(folder, FILES.people);
  for (const some of inChunks(people, PEOPLE_AT_ONCE)) {
    const found = await db
      .selectFrom('person')
      .select(['id', 'name'])
      .where('id', 'in', some)
      .execute();
    found.sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const row of found) await names.write(JSON.stringify(row));
  }
  const written = [classes, ruleSets, lessons, names];
  return Promise.all(written.map((file) => file.end()));
}
