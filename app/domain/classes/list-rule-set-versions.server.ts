import type { Db } from '~db/client.server';

export interface RuleSetChoice {
  id: string;
  name: string;
  nameEn: string;
  version: number;
}

/** The rule sets a class can count by, each at its newest version, in the order in which they came. */
export async function listRuleSetVersions(db: Db): Promise<RuleSetChoice[]> {
  const rows = await db
    .selectFrom('rule_set_version')
    .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
    .select([
      'rule_set_version.id',
      'rule_set_version.rule_set_id',
      'rule_set_version.version',
      'rule_set.name',
      'rule_set.name_en as nameEn',
    ])
    .orderBy('rule_set_version.published_at')
    .orderBy('rule_set_version.max_speed_milli')
    .orderBy('rule_set_version.minutes_per_class_hour')
    .orderBy('rule_set_version.id')
    .execute();
  const newest = new Map<string, RuleSetChoice>();
  for (const { rule_set_id, ...row } of rows) {
    const known = newest.get(rule_set_id);
    if (!known || known.version < row.version) newest.set(rule_set_id, row);
  }
  return [...newest.values()];
}
