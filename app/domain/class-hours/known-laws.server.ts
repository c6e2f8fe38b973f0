import { sql } from 'kysely';
import type { Trx } from '~db/client.server';
import { prepareFinds, prepareRows, type Write } from '~db/row-statement';
import type { EnrollmentTable, TrainingClassTable } from '~db/tables/classes';
import { loadLaws, type EnrollmentLaw } from './lesson-law.server';

const MOST_KNOWN = 20_000;
/** What was loaded, under the stamp of the facts it was made of. */
const known = new Map<string, { stamp: Stamp; zone: string; law: EnrollmentLaw }>();

interface Stamp {
  ofEnrollment: string;
  ofClass: ClassRow;
}

const findEnrollments = prepareRows(
  { id: 'text' },
  (given) => sql<Pick<EnrollmentTable, 'id' | 'class_id' | 'status'> & { statuses: number }>`
    select e.id, e.class_id, e.status,
      (select count(*) from enrollment_status as s where s.enrollment_id = e.id) as statuses
    from ${given} inner join enrollment as e on e.id = given.id`,
);

type ClassRow = Pick<TrainingClassTable, 'id' | 'starts_on' | 'ends_on' | 'rule_set_version_id'> & {
  changes: number;
  changed_at: number | null;
};

const findClasses = prepareRows(
  { id: 'text' },
  (given) => sql<ClassRow>`
    select c.id, c.starts_on, c.ends_on, c.rule_set_version_id,
      (select count(*) from class_rule_set as r where r.class_id = c.id) as changes,
      (select max(r.decided_at) from class_rule_set as r where r.class_id = c.id) as changed_at
    from ${given} inner join training_class as c on c.id = given.id`,
);

const rowOf = (row: ClassRow) =>
  [
    row.id,
    row.starts_on,
    row.ends_on,
    row.rule_set_version_id,
    row.changes,
    row.changed_at,
  ] as const;

const isSame = (a: ClassRow, b: ClassRow) => rowOf(a).join() === rowOf(b).join();

const findUnchanged = prepareFinds(
  {
    id: 'text',
    starts_on: 'text',
    ends_on: 'text',
    rule_set_version_id: 'text',
    changes: 'bigint',
    changed_at: 'bigint',
  },
  (given) => sql`
    select 1 from ${given} inner join training_class as c on c.id = given.id
    where c.starts_on is not distinct from given.starts_on
      and c.ends_on is not distinct from given.ends_on
      and c.rule_set_version_id = given.rule_set_version_id
      and (select count(*) from class_rule_set as r where r.class_id = c.id) = given.changes
      and (select max(r.decided_at) from class_rule_set as r where r.class_id = c.id)
        is not distinct from given.changed_at`,
);

/** Laws by their enrollments. */
export interface KnownLaws {
  laws: Map<string, EnrollmentLaw>;
  /** To find that what was not read still stands. */
  standing: Write;
}

/**
 * As `loadLaws`, for whoever asks all the time. A law is kept in the process under a stamp of the facts that can
 * change (dates, rule sets, status), which is read in the caller's transaction: what another process
 * changed is seen at once. Versions of rule sets, once published, and past statuses never change. Only the names
 * of rule sets may lag behind. `unchanged` are enrollments that stand as they did when they were last asked for; of
 * them, `trusting` reads nothing, and leaves it to the caller to write `standing` in the transaction.
 */
export async function loadKnownLaws(
  trx: Trx,
  enrollmentIds: readonly string[],
  zone: string,
  { unchanged, trusting }: { unchanged: ReadonlySet<string>; trusting: boolean },
): Promise<KnownLaws> {
  const laws = new Map<string, EnrollmentLaw>();
  const trusted = new Set<ClassRow>();
  const stamps = new Map<string, { classId: string; ofEnrollment: string }>();
  const asked = new Set<string>();
  for (const id of enrollmentIds) {
    const entry = unchanged.has(id) ? known.get(id) : undefined;
    if (entry && trusting && entry.zone === zone) {
      laws.set(id, entry.law);
      trusted.add(entry.stamp.ofClass);
    } else if (entry) {
      const { ofEnrollment, ofClass } = entry.stamp;
      stamps.set(id, { classId: ofClass.id, ofEnrollment });
    } else asked.add(id);
  }
  const rows = await findEnrollments(
    trx,
    [...asked].map((id) => [id]),
  );
  for (const { id, class_id: classId, status, statuses } of rows) {
    stamps.set(id, { classId, ofEnrollment: `${status},${statuses}` });
  }
  const classIds = new Set<string>();
  for (const { classId } of stamps.values()) classIds.add(classId);
  const found = await findClasses(
    trx,
    [...classIds].map((id) => [id]),
  );
  const classes = new Map(found.map((row) => [row.id, row]));
  const unknown = new Map<string, Stamp>();
  for (const [id, { classId, ofEnrollment }] of stamps) {
    const ofClass = classes.get(classId);
    if (!ofClass) continue;
    const entry = known.get(id);
    const isKnown =
      entry?.zone === zone &&
      entry.stamp.ofEnrollment === ofEnrollment &&
      isSame(entry.stamp.ofClass, ofClass);
    if (isKnown) laws.set(id, entry.law);
    else unknown.set(id, { ofEnrollment, ofClass });
  }
  for (const [id, law] of await loadLaws(trx, [...unknown.keys()], zone)) {
    laws.set(id, law);
    known.delete(id);
    known.set(id, { stamp: unknown.get(id)!, zone, law });
    if (known.size > MOST_KNOWN) known.delete(known.keys().next().value ?? '');
  }
  return { laws, standing: findUnchanged(rowsOf(trusted)) };
}

/** Enrollments of one class have stamps of their own; few differ. */
function rowsOf(classes: ReadonlySet<ClassRow>) {
  const rows = new Map<string, ReturnType<typeof rowOf>>();
  for (const one of classes) {
    const row = rowOf(one);
    rows.set(row.join(), row);
  }
  return [...rows.values()];
}
