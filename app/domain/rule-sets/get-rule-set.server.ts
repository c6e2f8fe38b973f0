import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { ruleSetColumns, toRuleSet } from '../class-hours/lesson-law.server';
import type { RuleSet } from '../class-hours/rule-set';
import { isSample } from '../classes/sample-rule-sets';
import { NotFound } from '../shared/errors';
import { countClassesByVersion } from './count-classes.server';
import { requireReader } from './require-reader.server';

/** One published version; it never changes. */
export interface PublishedVersion {
  id: string;
  /** Epoch ms. */
  publishedAt: number;
  /** Classes that count by it on the day asked for. */
  classes: number;
  rules: RuleSet;
}

export interface PublishedRuleSet {
  id: string;
  name: string;
  nameEn: string;
  sample: boolean;
  /** The newest first; never empty. */
  versions: PublishedVersion[];
}

/** A rule set with all its versions. Forbidden for people who manage nothing, NotFound for an unknown one. */
export async function getRuleSet(
  db: Db,
  viewer: Viewer,
  ruleSetId: string,
  today: string,
): Promise<PublishedRuleSet> {
  requireReader(viewer);
  const rows = await db
    .selectFrom('rule_set_version')
    .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
    .select(ruleSetColumns)
    .select(['rule_set.name_en', 'rule_set_version.id', 'rule_set_version.published_at'])
    .where('rule_set.id', '=', ruleSetId)
    .orderBy('rule_set_version.version', 'desc')
    .execute();
  const first = rows[0];
  if (!first) throw new NotFound();
  const classes = await countClassesByVersion(db, today);
  return {
    id: ruleSetId,
    name: first.name,
    nameEn: first.name_en,
    sample: isSample(ruleSetId),
    versions: rows.map((row) => ({
      id: row.id,
      publishedAt: row.published_at,
      classes: classes.get(row.id) ?? 0,
      rules: toRuleSet(row),
    })),
  };
}
