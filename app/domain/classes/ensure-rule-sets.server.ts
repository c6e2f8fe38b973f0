import type { Db } from '~db/client.server';
import { sampleRuleSets } from './sample-rule-sets';

const OFFLINE_ALLOWANCE_MS = 30 * 60_000;

/**
 * Puts the sample rule sets into an empty platform, so that a class can be opened. Does nothing where
 * there is any rule set; called by two processes at once it still stores each once. Runs in a transaction too.
 */
export async function ensureRuleSets(db: Db, now: number): Promise<void> {
  const known = await db.selectFrom('rule_set').select('id').limit(1).executeTakeFirst();
  if (known) return;
  await db
    .insertInto('rule_set')
    .values(sampleRuleSets.map((s) => ({ id: s.id, name: s.name, name_en: s.nameEn })))
    .onConflict((c) => c.column('id').doNothing())
    .execute();
  await db
    .insertInto('rule_set_version')
    .values(
      sampleRuleSets.map((s) => ({
        id: s.versionId,
        rule_set_id: s.id,
        version: 1,
        published_at: now,
        minutes_per_class_hour: s.minutesPerClassHour,
        max_speed_milli: s.maxSpeedMilli,
        require_visible: 1 as const,
        daily_cap_ms: s.dailyCap * s.minutesPerClassHour * 60_000,
        offline_allowance_ms: OFFLINE_ALLOWANCE_MS,
        presence: JSON.stringify(s.presence),
      })),
    )
    .onConflict((c) => c.column('id').doNothing())
    .execute();
}
