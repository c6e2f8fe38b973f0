import type { Db, Trx } from '~db/client.server';
import type { OrganizationKind } from '~db/tables/organizations';

export interface InvolvedOrganization {
  id: string;
  name: string;
  mark: string;
  kind: OrganizationKind;
  lead: boolean;
  state: 'lead' | 'invited' | 'accepted' | 'declined' | 'left';
  invitedAt: number | null;
  answeredAt: number | null;
  /** The last day of the partnership; null where no end is set. */
  endsOn: string | null;
  /** Why it declined; may be empty. */
  declineReason: string;
  leftAt: number | null;
}

/** The lead organization and everyone it has asked, in the order of asking. */
export async function listInvolvedOrganizations(
  db: Db | Trx,
  courseId: string,
): Promise<InvolvedOrganization[]> {
  const lead = await db
    .selectFrom('course')
    .innerJoin('organization', 'organization.id', 'course.lead_organization_id')
    .select(['organization.id', 'organization.name', 'organization.mark', 'organization.kind'])
    .where('course.id', '=', courseId)
    .execute();
  const partners = await db
    .selectFrom('course_partner')
    .innerJoin('organization', 'organization.id', 'course_partner.organization_id')
    .select([
      'organization.id',
      'organization.name',
      'organization.mark',
      'organization.kind',
      'course_partner.invited_at',
      'course_partner.accepted_at',
      'course_partner.declined_at',
      'course_partner.ends_on as endsOn',
      'course_partner.decline_reason as declineReason',
      'course_partner.left_at as leftAt',
    ])
    .where('course_partner.course_id', '=', courseId)
    .orderBy('course_partner.invited_at')
    .orderBy('organization.id')
    .execute();
  return [
    ...lead.map((organization) => ({
      ...organization,
      lead: true,
      state: 'lead' as const,
      invitedAt: null,
      answeredAt: null,
      ...{ endsOn: null, declineReason: '', leftAt: null },
    })),
    ...partners.map(({ invited_at, accepted_at, declined_at, ...organization }) => ({
      ...organization,
      lead: false,
      state:
        organization.leftAt !== null
          ? ('left' as const)
          : accepted_at !== null
            ? ('accepted' as const)
            : declined_at !== null
              ? ('declined' as const)
              : ('invited' as const),
      invitedAt: invited_at,
      answeredAt: accepted_at ?? declined_at,
    })),
  ];
}

export interface CourseAuthor {
  personId: string;
  name: string;
  organizationId: string;
  /** Still an instructor there, and the organization still makes the course; else they can no longer edit. */
  current: boolean;
}

/** The authors of a course in the order of their naming. */
export async function listAuthors(db: Db | Trx, courseId: string): Promise<CourseAuthor[]> {
  const rows = await db
    .selectFrom('course_author')
    .innerJoin('person', 'person.id', 'course_author.person_id')
    .leftJoin('membership', (join) =>
      join
        .onRef('membership.person_id', '=', 'course_author.person_id')
        .onRef('membership.organization_id', '=', 'course_author.organization_id')
        .on('membership.role', '=', 'instructor')
        .on('membership.ended_at', 'is', null),
    )
    .leftJoin('course_partner', (join) =>
      join
        .onRef('course_partner.course_id', '=', 'course_author.course_id')
        .onRef('course_partner.organization_id', '=', 'course_author.organization_id'),
    )
    .select([
      'course_author.person_id',
      'course_author.organization_id',
      'person.name',
      'membership.id as membership_id',
      'course_partner.left_at',
    ])
    .where('course_author.course_id', '=', courseId)
    .orderBy('course_author.named_at')
    .orderBy('course_author.person_id')
    .execute();
  return rows.map((row) => ({
    personId: row.person_id,
    name: row.name,
    organizationId: row.organization_id,
    current: row.membership_id !== null && row.left_at === null,
  }));
}

/**
 * Who of the organizations could be named on the course and is not yet: instructors as authors, instructors and
 * managers as reviewers.
 */
export async function listNameable(
  db: Db | Trx,
  courseId: string,
  organizationIds: string[],
  as: 'course_author' | 'course_reviewer',
): Promise<{ personId: string; name: string; organizationId: string }[]> {
  if (organizationIds.length === 0) return [];
  return db
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person_id')
    .select([
      'membership.person_id as personId',
      'person.name',
      'membership.organization_id as organizationId',
    ])
    .distinct()
    .where('membership.organization_id', 'in', organizationIds)
    .where(
      'membership.role',
      'in',
      as === 'course_author' ? ['instructor'] : ['instructor', 'manager'],
    )
    .where('membership.ended_at', 'is', null)
    .where('person.disabled_at', 'is', null)
    .where('membership.person_id', 'not in', (eb) =>
      as === 'course_author'
        ? eb.selectFrom('course_author').select('person_id').where('course_id', '=', courseId)
        : eb.selectFrom('course_reviewer').select('person_id').where('course_id', '=', courseId),
    )
    .orderBy('person.name')
    .orderBy('membership.person_id')
    .execute();
}

/** The organizations that the lead organization can still ask: all but bureaus and those in it or asked. */
export async function listInvitableOrganizations(
  db: Db | Trx,
  courseId: string,
): Promise<{ id: string; name: string }[]> {
  const involved = await listInvolvedOrganizations(db, courseId);
  const closed = new Set(
    involved.filter((o) => o.state !== 'declined' && o.state !== 'left').map((o) => o.id),
  );
  const all = await db
    .selectFrom('organization')
    .select(['id', 'name'])
    .where('kind', '!=', 'bureau')
    .orderBy('name')
    .orderBy('id')
    .execute();
  return all.filter((organization) => !closed.has(organization.id));
}
