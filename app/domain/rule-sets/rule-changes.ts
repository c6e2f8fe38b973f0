import type { Rules } from './rule-set-form';

/** The settings of a version, in the order in which they are shown. */
export const RULE_SETTINGS = [
  'minutesPerClassHour',
  'maxSpeed',
  'dailyCapMs',
  'requireVisible',
  'offlineAllowanceMs',
  'presence',
] as const satisfies (keyof Rules)[];
export type RuleSetting = (typeof RULE_SETTINGS)[number];

const same = (a: Rules[RuleSetting], b: Rules[RuleSetting]) =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** Which settings differ between two versions. */
export function ruleChanges(before: Rules, after: Rules): RuleSetting[] {
  return RULE_SETTINGS.filter((setting) => !same(before[setting], after[setting]));
}
