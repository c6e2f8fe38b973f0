import type { Db, Trx } from '~db/client.server';
import { listAuthors, listInvolvedOrganizations } from '../co-authoring/course-people.server';
import { listReviewers } from '../sign-offs/signers.server';

/** Somebody who can be called into a thread. */
export interface Mentionable {
  personId: string;
  name: string;
  organizationId: string;
  organization: string;
}

/** Whom a comment on a course can name: its authors, its reviewers and the managers of those that make it. */
export async function listMentionable(db: Db | Trx, courseId: string): Promise<Mentionable[]> {
  const organizations = (await listInvolvedOrganizations(db, courseId)).filter(
    ({ state }) => state === 'lead' || state === 'accepted',
  );
  const names = new Map(organizations.map(({ id, name }) => [id, name]));
  const authors = await listAuthors(db, courseId);
  const reviewers = await listReviewers(db, courseId);
  const managers = await db
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person_id')
    .select([
      'membership.person_id as personId',
      'membership.organization_id as organizationId',
      'person.name',
    ])
    .where('membership.organization_id', 'in', [...names.keys()])
    .where('membership.role', '=', 'manager')
    .where('membership.ended_at', 'is', null)
    .where('person.disabled_at', 'is', null)
    .orderBy('person.name')
    .orderBy('person.id')
    .execute();
  const people = new Map<string, Mentionable>();
  const named = [...authors, ...reviewers].filter(({ current }) => current);
  for (const { personId, name, organizationId } of [...named, ...managers]) {
    const organization = names.get(organizationId);
    if (organization === undefined || people.has(personId)) continue;
    people.set(personId, { personId, name, organizationId, organization });
  }
  return [...people.values()];
}
