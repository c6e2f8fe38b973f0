import type { Db } from '~db/client.server';
import { ruleSetColumns, toRuleSet } from '../class-hours/lesson-law.server';
import type { RuleSet } from '../class-hours/rule-set';

/** By what a class counts from a day on. */
export interface ClassRules {
  /** Null: from the beginning of the class. */
  fromDay: string | null;
  /** Included; null: until the end of the class. */
  untilDay: string | null;
  ruleSetId: string;
  name: string;
  nameEn: string;
  rules: RuleSet;
  /** Who decided it, why and when, epoch ms; null for what the class began with. */
  decision: { reason: string; by: string; at: number } | null;
  /** Another decision of the same day came later. */
  replaced: boolean;
}

/** The rule sets of a class by day, with decisions replaced by later ones. Who may know is the caller's matter. */
export async function listClassRules(db: Db, classId: string): Promise<ClassRules[]> {
  const first = await db
    .selectFrom('training_class')
    .innerJoin('rule_set_version', 'rule_set_version.id', 'training_class.rule_set_version_id')
    .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
    .select(ruleSetColumns)
    .select(['rule_set.id', 'rule_set.name_en'])
    .where('training_class.id', '=', classId)
    .executeTakeFirstOrThrow();
  const later = await db
    .selectFrom('class_rule_set')
    .innerJoin('rule_set_version', 'rule_set_version.id', 'class_rule_set.rule_set_version_id')
    .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
    .innerJoin('person', 'person.id', 'class_rule_set.decided_by')
    .select(ruleSetColumns)
    .select(['rule_set.id', 'rule_set.name_en', 'person.name as by', 'class_rule_set.from_day'])
    .select(['class_rule_set.reason', 'class_rule_set.decided_at'])
    .where('class_rule_set.class_id', '=', classId)
    .orderBy('class_rule_set.from_day')
    .orderBy('class_rule_set.decided_at')
    .orderBy('class_rule_set.id')
    .execute();
  const rows = [
    { ...first, from_day: null, decision: null },
    ...later.map((row) => {
      return { ...row, decision: { reason: row.reason, by: row.by, at: row.decided_at } };
    }),
  ];
  return rows.map((row, index) => {
    const next = rows[index + 1]?.from_day ?? null;
    return {
      fromDay: row.from_day,
      untilDay: next === null ? null : dayBefore(next),
      ruleSetId: row.id,
      name: row.name,
      nameEn: row.name_en,
      rules: toRuleSet(row),
      decision: row.decision,
      replaced: next !== null && next === row.from_day,
    };
  });
}

const dayBefore = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
