import type { Db, Trx } from '~db/client.server';
import { ruleSetColumns, toRuleSet } from '../class-hours/lesson-law.server';
import type { RuleSet } from '../class-hours/rule-set';
import { NotFound } from '../shared/errors';

/** The version a class counts by on some day. */
export interface RulesInForce {
  ruleSetId: string;
  versionId: string;
  name: string;
  nameEn: string;
  rules: RuleSet;
}

/** By which version a class counts on that day. Who may know is the caller's matter; NotFound for no such class. */
export async function getRulesInForce(
  db: Db | Trx,
  classId: string,
  day: string,
): Promise<RulesInForce> {
  const row = await db
    .selectFrom('training_class')
    .innerJoin('rule_set_version', (join) =>
      join.on((eb) =>
        eb(
          'rule_set_version.id',
          '=',
          eb.fn.coalesce(
            eb
              .selectFrom('class_rule_set')
              .select('class_rule_set.rule_set_version_id')
              .whereRef('class_rule_set.class_id', '=', 'training_class.id')
              .where('class_rule_set.from_day', '<=', day)
              .orderBy('class_rule_set.from_day', 'desc')
              .orderBy('class_rule_set.decided_at', 'desc')
              .orderBy('class_rule_set.id', 'desc')
              .limit(1),
            'training_class.rule_set_version_id',
          ),
        ),
      ),
    )
    .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
    .where('training_class.id', '=', classId)
    .select(ruleSetColumns)
    .select(['rule_set.id as ruleSetId', 'rule_set.name_en as nameEn'])
    .select('rule_set_version.id as versionId')
    .executeTakeFirst();
  if (!row) throw new NotFound();
  const { ruleSetId, versionId, name, nameEn } = row;
  return { ruleSetId, versionId, name, nameEn, rules: toRuleSet(row) };
}
