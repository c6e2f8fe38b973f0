import { sql } from 'kysely';
import type { Trx } from '~db/client.server';
import { prepareRows } from '~db/row-statement';
import type { EnrollmentTable, TrainingClassTable } from '~db/tables/classes';
import { loadLaws, type EnrollmentLaw } from './lesson-law.server';

const MOST_KNOWN = 20_000;
/** What was loaded, under the stamp of the facts it was made of. */
const known = new Map<string, { stamp: string; law: EnrollmentLaw }>();

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
 * of rule sets may lag behind.
 */
export async function loadKnownLaws(
  trx: Trx,
  enrollmentIds: readonly string[],
  zone: string,
): Promise<Map<string, EnrollmentLaw>> {
  const ids = [...new Set(enrollmentIds)];
  const enrollments = await findEnrollments(
    trx,
    ids.map((id) => [id]),
  );
  const classIds = [...new Set(enrollments.map((row) => row.class_id))];
  const classes = await findClasses(
    trx,
    classIds.map((id) => [id]),
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
  const unknown = new Map<string, string>();
  for (const { id, class_id: classId, status, statuses } of enrollments) {
    const stamp = `${status},${statuses},${classId},${classStamps.get(classId)}`;
    const entry = known.get(id);
    if (entry?.stamp === stamp) laws.set(id, entry.law);
    else unknown.set(id, stamp);
  }
  for (const [id, law] of await loadLaws(trx, [...unknown.keys()], zone)) {
    laws.set(id, law);
    known.delete(id);
    known.set(id, { stamp: unknown.get(id)!, law });
    if (known.size > MOST_KNOWN) known.delete(known.keys().next().value ?? '');
  }
  return laws;
}
