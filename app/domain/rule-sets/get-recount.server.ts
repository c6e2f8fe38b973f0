import { sql } from 'kysely';
import type { Db } from '~db/client.server';
import type { EnrollmentStatus } from '~db/tables/classes';
import type { ManagedClass } from '../classes/get-managed-class.server';
import { toClassHours } from '../class-hours/figures';
import { NotFound } from '../shared/errors';

/** What a switch makes, or made, of one learner's credit. */
export interface RecountRow {
  personId: string;
  enrollmentId: string;
  name: string;
  status: EnrollmentStatus;
  beforeMs: number;
  afterMs: number;
  beforeClassHours: number;
  afterClassHours: number;
  /** The change in their other classes, ms. */
  elsewhereMs: number;
}

export interface Recount {
  id: string;
  fromDay: string;
  versionId: string;
  name: string;
  nameEn: string;
  version: number;
  /** Asking, asked (the what-if is whole), applying, applied, or stopped: its job was given up. */
  state: 'asking' | 'asked' | 'applying' | 'applied' | 'stopped';
  counted: number;
  learners: number;
  sums: {
    rows: number;
    beforeMs: number;
    afterMs: number;
    elsewhereMs: number;
    more: number;
    less: number;
    /** Completed learners who would have fewer class hours than required. */
    below: number;
  };
}

/**
 * One recount of the class, the one named or else the newest decided one that is not through; undefined for none.
 * Who may know is the caller's matter. Throws NotFound for one of another class.
 */
export async function findRecount(
  db: Db,
  trainingClass: ManagedClass,
  recountId: string | null,
): Promise<Recount | undefined> {
  const row = await db
    .selectFrom('recount')
    .innerJoin('rule_set_version', 'rule_set_version.id', 'recount.rule_set_version_id')
    .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
    .selectAll('recount')
    .select(['rule_set.name', 'rule_set.name_en', 'rule_set_version.version'])
    .where('recount.class_id', '=', trainingClass.id)
    .where((eb) =>
      recountId !== null
        ? eb('recount.id', '=', recountId)
        : eb.and([eb('recount.applied_at', 'is not', null), eb('recount.finished_at', 'is', null)]),
    )
    .orderBy('recount.asked_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) {
    if (recountId !== null) throw new NotFound();
    return undefined;
  }
  const through = row.applied_at === null ? row.previewed_at : row.finished_at;
  const words =
    row.applied_at === null ? (['asking', 'asked'] as const) : (['applying', 'applied'] as const);
  const stopped = through === null && !(await isAtWork(db, row.id));
  return {
    id: row.id,
    fromDay: row.from_day,
    versionId: row.rule_set_version_id,
    name: row.name,
    nameEn: row.name_en,
    version: row.version,
    state: stopped ? 'stopped' : words[through === null ? 0 : 1],
    counted: row.counted,
    learners: row.learners,
    sums: await sumRows(db, row.id, trainingClass),
  };
}

/** Whether a job of the recount waits, runs, or will be tried again. */
async function isAtWork(db: Db, recountId: string): Promise<boolean> {
  const job = await db
    .selectFrom('job')
    .select('id')
    .where('kind', '=', 'recount-class')
    .where('payload', '=', JSON.stringify({ recountId }))
    .where('finished_at', 'is', null)
    .where('failed_at', 'is', null)
    .executeTakeFirst();
  return job !== undefined;
}

async function sumRows(
  db: Db,
  recountId: string,
  { requiredTenths, minutesPerClassHour }: ManagedClass,
): Promise<Recount['sums']> {
  const when = (condition: ReturnType<typeof sql<boolean>>) =>
    sql<number>`coalesce(sum(case when ${condition} then 1 else 0 end), 0)`;
  const unitMs = minutesPerClassHour * 60_000;
  const below = sql<boolean>`enrollment.status = 'completed'
    and (recount_learner.after_ms + 3000) * 10 < ${requiredTenths * unitMs}
    and (recount_learner.before_ms + 3000) * 10 >= ${requiredTenths * unitMs}`;
  const row = await db
    .selectFrom('recount_learner')
    .innerJoin('enrollment', 'enrollment.id', 'recount_learner.enrollment_id')
    .where('recount_id', '=', recountId)
    .select(({ fn }) => [
      fn.countAll<number>().as('rows'),
      fn.coalesce(fn.sum<number>('before_ms'), sql<number>`0`).as('beforeMs'),
      fn.coalesce(fn.sum<number>('after_ms'), sql<number>`0`).as('afterMs'),
      fn.coalesce(fn.sum<number>('elsewhere_ms'), sql<number>`0`).as('elsewhereMs'),
      when(sql<boolean>`after_ms > before_ms`).as('more'),
      when(sql<boolean>`after_ms < before_ms`).as('less'),
      when(below).as('below'),
    ])
    .executeTakeFirstOrThrow();
  return {
    rows: Number(row.rows),
    beforeMs: Number(row.beforeMs),
    afterMs: Number(row.afterMs),
    elsewhereMs: Number(row.elsewhereMs),
    more: Number(row.more),
    less: Number(row.less),
    below: Number(row.below),
  };
}

/** The learners of a recount, those whose credit changes most first; without a range all of them. */
export async function listRecountRows(
  db: Db,
  recountId: string,
  { minutesPerClassHour }: ManagedClass,
  range?: { offset: number; limit: number },
): Promise<RecountRow[]> {
  let query = db
    .selectFrom('recount_learner')
    .innerJoin('enrollment', 'enrollment.id', 'recount_learner.enrollment_id')
    .innerJoin('person', 'person.id', 'recount_learner.person_id')
    .where('recount_id', '=', recountId)
    .select([
      'recount_learner.person_id as personId',
      'recount_learner.enrollment_id as enrollmentId',
      'person.name',
      'enrollment.status',
      'before_ms as beforeMs',
      'after_ms as afterMs',
      'elsewhere_ms as elsewhereMs',
    ])
    .orderBy(sql`abs(after_ms - before_ms)`, 'desc')
    .orderBy(sql`abs(elsewhere_ms)`, 'desc')
    .orderBy('person.name')
    .orderBy('recount_learner.person_id');
  if (range) query = query.limit(range.limit).offset(range.offset);
  const rows = await query.execute();
  return rows.map((row) => ({
    ...row,
    beforeClassHours: toClassHours(row.beforeMs, minutesPerClassHour),
    afterClassHours: toClassHours(row.afterMs, minutesPerClassHour),
  }));
}
