import type { Db } from '~db/client.server';
import { organizationsAs } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';

export interface EnrollablePerson {
  personId: string;
  name: string;
  organizationName: string;
  organizationMark: string;
}

const MOST = 50;

/**
 * Learners in the viewer's reach (of organizations they manage; for the bureau, of all) whose name contains
 * `search` and who are not in the class: at most 50, by name.
 */
export async function listEnrollablePeople(
  db: Db,
  viewer: Viewer,
  classId: string,
  search: string,
): Promise<EnrollablePerson[]> {
  let people = db
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person_id')
    .innerJoin('organization', 'organization.id', 'membership.organization_id')
    .leftJoin('enrollment', (join) =>
      join
        .onRef('enrollment.person_id', '=', 'person.id')
        .on('enrollment.class_id', '=', classId)
        .on('enrollment.status', 'in', ['enrolled', 'completed', 'applied']),
    )
    .select([
      'person.id as personId',
      'person.name',
      'organization.name as organizationName',
      'organization.mark as organizationMark',
    ])
    .where('membership.role', '=', 'learner')
    .where('membership.ended_at', 'is', null)
    .where('person.disabled_at', 'is', null)
    .where('enrollment.id', 'is', null)
    .orderBy('person.name')
    .orderBy('person.id')
    .orderBy('organization.name')
    .limit(MOST);
  if (!viewer.administrator) {
    const managed = organizationsAs(viewer, 'manager');
    if (managed.length === 0) return [];
    people = people.where('membership.organization_id', 'in', managed);
  }
  const wanted = search.trim();
  if (wanted !== '') {
    people = people.where((eb) =>
      eb(eb.fn<string>('lower', ['person.name']), 'like', likePattern(wanted.toLowerCase())),
    );
  }
  const rows = await people.execute();
  return [...new Map(rows.map((row) => [row.personId, row])).values()];
}

/** LIKE would read these as wildcards; a name has none of them, so they match one character each. */
function likePattern(text: string): string {
  return `%${text.replace(/[%_\\]/g, '_')}%`;
}
