import type { Db } from '~db/client.server';
import { organizationsAs } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';
import type { Evidence } from './signal';

/**
 * The titles of lessons, and the names of other accounts and classes that these signals speak of, by id. People and
 * classes outside the organizations that the viewer manages have no name here.
 */
export async function loadSignalNames(
  db: Db,
  viewer: Viewer,
  evidence: readonly Evidence[],
): Promise<Map<string, string>> {
  const managed = organizationsAs(viewer, 'manager');
  const lessonIds = [...new Set(evidence.flatMap((one) => one.lessons))];
  const personIds = new Set<string>();
  const enrollmentIds = new Set<string>();
  for (const one of evidence) {
    if (one.kind === 'shared-device') personIds.add(one.otherPersonId);
    if (one.kind === 'other-class') enrollmentIds.add(one.otherEnrollmentId);
  }
  const names = new Map<string, string>();
  if (lessonIds.length > 0) {
    const rows = await db
      .selectFrom('lesson')
      .select(['id', 'title'])
      .where('id', 'in', lessonIds)
      .execute();
    for (const row of rows) names.set(row.id, row.title);
  }
  const seesAll = viewer.administrator;
  if (!seesAll && managed.length === 0) return names;
  if (personIds.size > 0) {
    const rows = await db
      .selectFrom('person')
      .select(['person.id', 'person.name'])
      .where('person.id', 'in', [...personIds])
      .$if(!seesAll, (query) =>
        query.where((eb) =>
          eb.or([
            eb.exists(
              eb
                .selectFrom('membership')
                .select('membership.id')
                .whereRef('membership.person_id', '=', 'person.id')
                .where('membership.organization_id', 'in', managed)
                .where('membership.ended_at', 'is', null),
            ),
            eb.exists(
              eb
                .selectFrom('enrollment')
                .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
                .select('enrollment.id')
                .whereRef('enrollment.person_id', '=', 'person.id')
                .where('training_class.organization_id', 'in', managed),
            ),
          ]),
        ),
      )
      .execute();
    for (const row of rows) names.set(row.id, row.name);
  }
  if (enrollmentIds.size > 0) {
    const rows = await db
      .selectFrom('enrollment')
      .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
      .select(['enrollment.id', 'training_class.title'])
      .where('enrollment.id', 'in', [...enrollmentIds])
      .$if(!seesAll, (query) => query.where('training_class.organization_id', 'in', managed))
      .execute();
    for (const row of rows) names.set(row.id, row.title);
  }
  return names;
}
