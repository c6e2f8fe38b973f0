import type { Db } from '~db/client.server';
import { organizationsAs } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';
import { Forbidden, NotFound } from '../shared/errors';
import type { ClassHourFilter, ClassHourScope } from './class-hour-filter';

/**
 * Whose class hours a person administers: a bureau administrator's all, a manager's of their organizations'
 * classes. Throws Forbidden for those who manage nothing, NotFound where the filter names an organization or
 * a class out of their reach.
 */
export async function getClassHourScope(
  db: Db,
  viewer: Viewer,
  filter: Pick<ClassHourFilter, 'organizationId' | 'classId'>,
): Promise<ClassHourScope> {
  const organizationIds = organizationsAs(viewer, 'manager');
  if (!viewer.administrator && organizationIds.length === 0) throw new Forbidden();
  const reaches = (id: string) => viewer.administrator || organizationIds.includes(id);
  if (filter.organizationId !== undefined) {
    const known = await db
      .selectFrom('organization')
      .select('id')
      .where('id', '=', filter.organizationId)
      .executeTakeFirst();
    if (!known || !reaches(known.id)) throw new NotFound();
  }
  if (filter.classId !== undefined) {
    const known = await db
      .selectFrom('training_class')
      .select('organization_id')
      .where('id', '=', filter.classId)
      .executeTakeFirst();
    if (!known || !reaches(known.organization_id)) throw new NotFound();
  }
  return viewer.administrator ? 'all' : { organizationIds };
}
