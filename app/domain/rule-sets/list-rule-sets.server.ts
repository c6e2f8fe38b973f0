import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { isSample } from '../classes/sample-rule-sets';
import { countClassesByVersion } from './count-classes.server';
import { requireReader } from './require-reader.server';

/** One rule set in the list. */
export interface RuleSetRow {
  id: string;
  name: string;
  nameEn: string;
  newest: number;
  /** Epoch ms. */
  publishedAt: number;
  /** Classes that count by any version of it on the day asked for. */
  classes: number;
  sample: boolean;
}

/** All rule sets by name, in two queries. Managers and bureau administrators; Forbidden for others. */
export async function listRuleSets(db: Db, viewer: Viewer, today: string): Promise<RuleSetRow[]> {
  requireReader(viewer);
  const versions = await db
    .selectFrom('rule_set_version')
    .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
    .select([
      'rule_set.id',
      'rule_set.name',
      'rule_set.name_en as nameEn',
      'rule_set_version.id as versionId',
      'rule_set_version.version',
      'rule_set_version.published_at as publishedAt',
    ])
    .orderBy('rule_set.name')
    .orderBy('rule_set.id')
    .orderBy('rule_set_version.version')
    .execute();
  const classes = await countClassesByVersion(db, today);
  const found = new Map<string, RuleSetRow>();
  for (const { versionId, version, ...row } of versions) {
    const before = found.get(row.id)?.classes ?? 0;
    const counted = before + (classes.get(versionId) ?? 0);
    found.set(row.id, { ...row, newest: version, classes: counted, sample: isSample(row.id) });
  }
  return [...found.values()];
}
