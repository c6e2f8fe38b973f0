import type { Db, Trx } from '~db/client.server';
import type { EnrollmentStatus, RuleSetTable, RuleSetVersionTable } from '~db/tables/classes';
import { openIntervals, type StatusFact } from './open-intervals';
import { heldTime } from './presence-time';
import type { DatedRuleSet, LessonLaw, PresenceFact, PresenceRule, RuleSet } from './rule-set';

/** What the law needs to know of an enrollment; the learner's presence checks come to it by `underChecks`. */
export interface EnrollmentLaw extends Omit<LessonLaw, 'held'> {
  classId: string;
  status: EnrollmentStatus;
}

/** Whether time counts at that moment: the class runs, and the enrollment is enrolled or completed. */
export function isOpenAt(law: Pick<LessonLaw, 'openIntervals'>, at: number): boolean {
  return law.openIntervals.some(([from, to]) => from <= at && at < to);
}

/** The law of an enrollment whose learner was asked these checks. */
export function underChecks(
  law: EnrollmentLaw,
  checks: readonly PresenceFact[],
): EnrollmentLaw & LessonLaw {
  const { ruleSets, openIntervals, zone, classId, status } = law;
  const held = checks.length === 0 ? [] : heldTime(checks, law);
  return { ruleSets, openIntervals, held, zone, classId, status };
}

/** The columns of a version, joined with its rule set, that `toRuleSet` reads. */
export const ruleSetColumns = [
  'rule_set.name',
  'rule_set_version.version',
  'rule_set_version.minutes_per_class_hour',
  'rule_set_version.max_speed_milli',
  'rule_set_version.require_visible',
  'rule_set_version.daily_cap_ms',
  'rule_set_version.offline_allowance_ms',
  'rule_set_version.presence',
] as const;

type RuleSetRow = Pick<RuleSetTable, 'name'> &
  Pick<
    RuleSetVersionTable,
    | 'version'
    | 'minutes_per_class_hour'
    | 'max_speed_milli'
    | 'require_visible'
    | 'daily_cap_ms'
    | 'offline_allowance_ms'
    | 'presence'
  >;

/** A stored version as the law takes it. */
export const toRuleSet = (row: RuleSetRow): RuleSet => ({
  name: row.name,
  version: row.version,
  maxSpeed: row.max_speed_milli / 1000,
  minutesPerClassHour: row.minutes_per_class_hour,
  requireVisible: row.require_visible === 1,
  dailyCapMs: row.daily_cap_ms,
  offlineAllowanceMs: row.offline_allowance_ms,
  presence: row.presence === null ? null : (JSON.parse(row.presence) as PresenceRule),
});

/** The rule sets and the open times of each enrollment, as they stand; `zone` cuts the days. */
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
    .select(['enrollment.id', 'enrollment.class_id', 'enrollment.status'])
    .select(['training_class.starts_on', 'training_class.ends_on'])
    .select(ruleSetColumns)
    .execute();
  const statuses = await listStatuses(db, ids);
  const later = await listLaterRuleSets(db, [...new Set(rows.map((row) => row.class_id))]);
  return new Map(
    rows.map((row): [string, EnrollmentLaw] => {
      const first: DatedRuleSet = { fromDay: null, ruleSet: toRuleSet(row) };
      const ruleSets = [first, ...(later.get(row.class_id) ?? [])];
      const open = openIntervals(row.starts_on, row.ends_on, statuses.get(row.id) ?? [], zone);
      const { class_id: classId, status } = row;
      return [row.id, { ruleSets, openIntervals: open, zone, classId, status }];
    }),
  );
}

/** Loads the law of one enrollment; throws when there is no such enrollment. */
export async function loadLaw(
  db: Db | Trx,
  enrollmentId: string,
  zone: string,
): Promise<EnrollmentLaw> {
  const law = (await loadLaws(db, [enrollmentId], zone)).get(enrollmentId);
  if (!law) throw new Error(`There is no enrollment ${enrollmentId}.`);
  return law;
}

async function listLaterRuleSets(
  db: Db | Trx,
  classIds: readonly string[],
): Promise<Map<string, DatedRuleSet[]>> {
  const rows = await db
    .selectFrom('class_rule_set')
    .innerJoin('rule_set_version', 'rule_set_version.id', 'class_rule_set.rule_set_version_id')
    .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
    .where('class_rule_set.class_id', 'in', classIds)
    .orderBy('class_rule_set.from_day')
    .orderBy('class_rule_set.decided_at')
    .orderBy('class_rule_set.id')
    .select(['class_rule_set.class_id', 'class_rule_set.from_day'])
    .select('class_rule_set.id as decision_id')
    .select(ruleSetColumns)
    .execute();
  const found = new Map<string, DatedRuleSet[]>();
  for (const row of rows) {
    const dated = found.get(row.class_id) ?? [];
    const { from_day: fromDay, decision_id: decisionId } = row;
    dated.push({ fromDay, ruleSet: toRuleSet(row), decisionId });
    found.set(row.class_id, dated);
  }
  return found;
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
