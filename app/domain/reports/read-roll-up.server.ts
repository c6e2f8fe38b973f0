import { sql, type RawBuilder } from 'kysely';
import type { Db } from '~db/client.server';
import type { Grouping } from './class-hour-filter';
import type { CreditSource, Question } from './roll-up-choice';

/** The credit of one key in classes whose class hours are that long. */
export interface RolledUp {
  key: string;
  minutesPerClassHour: number;
  creditedMs: number;
}

type RollUp = Exclude<CreditSource, 'lesson_day'>;

/** What of a roll-up a question asks for, by key; one key, '', where the question has no grouping. */
export async function readRollUp(
  db: Db,
  source: RollUp,
  { by, filter, scope }: Question,
): Promise<RolledUp[]> {
  const conditions = [sql`credited_ms <> 0`];
  if (scope !== 'all')
    conditions.push(sql`organization_id in (${sql.join(scope.organizationIds)})`);
  if (filter.from) conditions.push(sql`day >= ${filter.from}`);
  if (filter.to) conditions.push(sql`day <= ${filter.to}`);
  const organizationId = source === 'producer_day' ? filter.producerId : filter.organizationId;
  if (organizationId) conditions.push(sql`organization_id = ${organizationId}`);
  if (filter.classId) conditions.push(sql`class_id = ${filter.classId}`);
  const { rows } = await sql<RolledUp>`
    select ${keyOf(by)} as key, minutes_per_class_hour as "minutesPerClassHour",
      sum(credited_ms) as "creditedMs"
    from ${tables[source]} where ${sql.join(conditions, sql` and `)} group by 1, 2`.execute(db);
  return rows.map((row) => ({ ...row, creditedMs: Number(row.creditedMs) }));
}

const tables: Record<RollUp, RawBuilder<unknown>> = {
  organization_day: sql`organization_day`,
  producer_day: sql`producer_day`,
  class_day: sql`class_day
    join training_class on training_class.id = class_day.class_id
    join rule_set_version on rule_set_version.id = training_class.rule_set_version_id`,
};

function keyOf(by: Grouping | undefined): RawBuilder<unknown> {
  switch (by) {
    case 'organization':
    case 'producer':
      return sql`organization_id`;
    case 'class':
      return sql`class_id`;
    case 'month':
      return sql`substr(day, 1, 7)`;
    case 'day':
      return sql`day`;
    default:
      return sql`cast('' as text)`;
  }
}
