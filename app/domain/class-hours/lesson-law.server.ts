import type { Db, Trx } from '~db/client.server';
import type { EnrollmentStatus } from '~db/tables/classes';
import { openIntervals, type StatusFact } from './open-intervals';
import type { LessonLaw, PresenceRule, RuleSet } from './rule-set';

/** What the law needs to know of an enrollment. */
export interface EnrollmentLaw extends LessonLaw {
  classId: string;
  status: EnrollmentStatus;
}

/** Whether time counts at that moment: the class runs, and the enrollment is enrolled or completed. */
export function isOpenAt(law: LessonLaw, at: number): boolean {
  return law.openIntervals.some(([from, to]) => from <= at && at < to);
}

/** The rule set and the open times of each enrollment, as they stand; `zone` cuts the days. */
export async function loadLaws(
  db: Db | Trx,
  enrollmentIds: readonly string[],
  zone: string,
): Promise<Map<string, EnrollmentLaw>> {
  const ids = [...new Set(enrollmentIds)];
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('enrollment')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .innerJoin('rule_set_version', 'rule_set_version.id', 'training_class.rule_set_version_id')
    .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
    .where('enrollment.id', 'in', ids)
    .select([
      'enrollment.id',
      'enrollment.class_id',
      'enrollment.status',
      'training_class.starts_on',
      'training_class.ends_on',
      'rule_set.name',
      'rule_set_version.version',
      'rule_set_version.minutes_per_class_hour',
      'rule_set_version.max_speed_milli',
      'rule_set_version.require_visible',
      'rule_set_version.daily_cap_ms',
      'rule_set_version.offline_allowance_ms',
      'rule_set_version.presence',
    ])
    .execute();
  const statuses = await listStatuses(db, ids);
  return new Map(
    rows.map((row): [string, EnrollmentLaw] => {
      const ruleSet: RuleSet = {
        name: row.name,
        version: row.version,
        maxSpeed: row.max_speed_milli / 1000,
        minutesPerClassHour: row.minutes_per_class_hour,
        requireVisible: row.require_visible === 1,
        dailyCapMs: row.daily_cap_ms,
        offlineAllowanceMs: row.offline_allowance_ms,
        presence: row.presence === null ? null : (JSON.parse(row.presence) as PresenceRule),
      };
      const open = openIntervals(row.starts_on, row.ends_on, statuses.get(row.id) ?? [], zone);
      const { class_id: classId, status } = row;
      return [row.id, { ruleSet, openIntervals: open, zone, classId, status }];
    }),
  );
}

async function listStatuses(
  db: Db | Trx,
  ids: readonly string[],
): Promise<Map<string, StatusFact[]>> {
  const rows = await db
    .selectFrom('enrollment_status')
    .select(['enrollment_id', 'status', 'from_at'])
    .where('enrollment_id', 'in', ids)
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  const found = new Map<string, StatusFact[]>();
  for (const { enrollment_id: id, status, from_at: fromAt } of rows) {
    const facts = found.get(id) ?? [];
    facts.push({ status, fromAt });
    found.set(id, facts);
  }
  return found;
}
