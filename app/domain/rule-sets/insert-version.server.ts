import type { Trx } from '~db/client.server';
import { newId } from '../shared/new-id.server';
import type { Rules } from './rule-set-form';

/** Writes a version of a rule set as published at `now`, epoch ms; it never changes. Answers its id. */
export async function insertVersion(
  trx: Trx,
  given: { ruleSetId: string; version: number; rules: Rules; now: number },
): Promise<string> {
  const { rules } = given;
  const id = newId();
  await trx
    .insertInto('rule_set_version')
    .values({
      id,
      rule_set_id: given.ruleSetId,
      version: given.version,
      published_at: given.now,
      minutes_per_class_hour: rules.minutesPerClassHour,
      max_speed_milli: Math.round(rules.maxSpeed * 1000),
      require_visible: rules.requireVisible ? 1 : 0,
      daily_cap_ms: rules.dailyCapMs,
      offline_allowance_ms: rules.offlineAllowanceMs,
      presence: rules.presence === null ? null : JSON.stringify(rules.presence),
    })
    .execute();
  return id;
}
