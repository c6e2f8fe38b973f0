import type { Db } from '~db/client.server';
import { organizationsAs } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';
import { Forbidden } from '../shared/errors';
import { classState } from './class-state';
import type { ManagedClassRow } from './managed-class-row';

/**
 * The classes a manager (the bureau: everybody's) looks after, those running first, then those to come, then
 * the latest that ended. Three queries. Throws Forbidden for people who manage nothing.
 */
export async function listManagedClasses(
  db: Db,
  viewer: Viewer,
  today: string,
): Promise<ManagedClassRow[]> {
  const managed = organizationsAs(viewer, 'manager');
  if (!viewer.administrator && managed.length === 0) throw new Forbidden();
  let classes = db
    .selectFrom('training_class')
    .innerJoin('organization', 'organization.id', 'training_class.organization_id')
    .select([
      'training_class.id',
      'training_class.title',
      'training_class.organization_id as organizationId',
      'organization.name as organizationName',
      'organization.mark as organizationMark',
      'organization.kind as organizationKind',
      'training_class.starts_on as startsOn',
      'training_class.ends_on as endsOn',
      'training_class.capacity',
      'training_class.required_tenths',
    ])
    .orderBy('training_class.ends_on', 'desc')
    .orderBy('training_class.id');
  let counts = db
    .selectFrom('enrollment')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .select((eb) => ['enrollment.class_id', 'enrollment.status', eb.fn.countAll<number>().as('n')])
    .groupBy(['enrollment.class_id', 'enrollment.status']);
  let waiting = db
    .selectFrom('appeal')
    .innerJoin('enrollment', 'enrollment.id', 'appeal.enrollment_id')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .select((eb) => ['enrollment.class_id', eb.fn.countAll<number>().as('n')])
    .where('appeal.decided_at', 'is', null)
    .groupBy('enrollment.class_id');
  if (!viewer.administrator) {
    classes = classes.where('training_class.organization_id', 'in', managed);
    counts = counts.where('training_class.organization_id', 'in', managed);
    waiting = waiting.where('training_class.organization_id', 'in', managed);
  }
  const [rows, statuses, appeals] = await Promise.all([
    classes.execute(),
    counts.execute(),
    waiting.execute(),
  ]);
  const appealsOf = new Map(appeals.map((row) => [row.class_id, Number(row.n)]));
  const counted = new Map(statuses.map((row) => [`${row.class_id} ${row.status}`, Number(row.n)]));
  const count = (id: string, status: string) => counted.get(`${id} ${status}`) ?? 0;
  const rank = { running: 0, preparing: 1, ended: 2 };
  return rows
    .map(({ required_tenths, ...row }) => ({
      ...row,
      state: classState(row.startsOn, row.endsOn, today),
      requiredClassHours: required_tenths / 10,
      learners: count(row.id, 'enrolled') + count(row.id, 'completed'),
      completed: count(row.id, 'completed'),
      applications: count(row.id, 'applied'),
      appeals: appealsOf.get(row.id) ?? 0,
    }))
    .sort((a, b) => rank[a.state] - rank[b.state]);
}
