import { sql } from 'kysely';
import type { Trx } from '~db/client.server';
import { prepareRows } from '~db/row-statement';
import type { EnrollmentTable, TrainingClassTable } from '~db/tables/classes';
import { loadLaws, type EnrollmentLaw } from './lesson-law.server';

const MOST_KNOWN = 20_000;
/** What was loaded, under the stamp of the facts it was made of. */
const known = new Map<string, { stamp: Stamp; law: EnrollmentLaw }>();

interface Stamp {
  classId: string;
  ofEnrollment: string;
  ofClass: string;
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

/**
 * As `loadLaws`, for whoever asks all the time. A law is kept in the process under a stamp of the facts that can
 * change (dates, rule sets, status), which is read in the caller's transaction: what another process
 * changed is seen at once. Versions of rule sets, once published, and past statuses never change. Only the names
 * of rule sets may lag behind. `unchanged` are enrollments that stand as they did when they were last asked for.
 */
export async function loadKnownLaws(
  trx: Trx,
  enrollmentIds: readonly string[],
  zone: string,
  unchanged: ReadonlySet<string> = new Set(),
): Promise<Map<string, EnrollmentLaw>> {
  const stamps = new Map<string, Pick<Stamp, 'classId' | 'ofEnrollment'>>();
  const asked = new Set<string>();
  for (const id of enrollmentIds) {
    const entry = unchanged.has(id) ? known.get(id) : undefined;
    if (entry) stamps.set(id, entry.stamp);
    else asked.add(id);
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
  const classes = await findClasses(
    trx,
    [...classIds].map((id) => [id]),
  );
  const classStamps = new Map(
    classes.map((row) => [
      row.id,
      [
        row.starts_on,
        row.ends_on,
        row.rule_set_version_id,
        row.changes,
        row.changed_at,
        zone,
      ].join(),
    ]),
  );
  const laws = new Map<string, EnrollmentLaw>();
  const unknown = new Map<string, Stamp>();
  for (const [id, { classId, ofEnrollment }] of stamps) {
    const ofClass = classStamps.get(classId) ?? '';
    const entry = known.get(id);
    if (
      entry?.stamp.ofClass === ofClass &&
      entry.stamp.ofEnrollment === ofEnrollment &&
      entry.stamp.classId === classId
    ) {
      laws.set(id, entry.law);
    } else unknown.set(id, { classId, ofEnrollment, ofClass });
  }
  for (const [id, law] of await loadLaws(trx, [...unknown.keys()], zone)) {
    laws.set(id, law);
    known.delete(id);
    known.set(id, { stamp: unknown.get(id)!, law });
    if (known.size > MOST_KNOWN) known.delete(known.keys().next().value ?? '');
  }
  return laws;
}
