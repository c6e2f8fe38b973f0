import type { Db, Trx } from '~db/client.server';
import { organizationsAs } from '../accounts/can';
import type { Actor } from './course-reach.server';

export interface Partnership {
  courseId: string;
  title: string;
  occupation: string;
  summary: string;
  leadOrganizationId: string;
  leadName: string;
  /** The viewer's side: the organization they manage. */
  organizationId: string;
  organizationName: string;
  invitedBy: string | null;
  invitedAt: number | null;
  acceptedAt: number | null;
  message: string;
  /** Titles of the chapters that the organization is asked to produce. */
  chapters: string[];
  /** The last day of the partnership; null where no end is set. */
  endsOn: string | null;
}

/** Invitations to organizations that the person manages and that nobody has answered, oldest first. */
export async function listInvitations(db: Db | Trx, actor: Actor): Promise<Partnership[]> {
  const managed = organizationsAs(actor, 'manager');
  if (managed.length === 0) return [];
  const rows = await selectPartnerships(db, managed)
    .where('course_partner.accepted_at', 'is', null)
    .where('course_partner.declined_at', 'is', null)
    .orderBy('course_partner.invited_at')
    .orderBy('course.id')
    .execute();
  return rows.map(withChapters);
}

/** The courses that the person's organizations lead or make with others, newest course first. */
export async function listManagedCourses(db: Db | Trx, actor: Actor): Promise<Partnership[]> {
  const managed = organizationsAs(actor, 'manager');
  if (managed.length === 0) return [];
  const joined = await selectPartnerships(db, managed)
    .where('course_partner.accepted_at', 'is not', null)
    .where('course_partner.left_at', 'is', null)
    .execute();
  const led = await db
    .selectFrom('course')
    .innerJoin('organization as lead', 'lead.id', 'course.lead_organization_id')
    .select([
      'course.id as courseId',
      'course.title',
      'course.occupation',
      'course.summary',
      'lead.id as leadOrganizationId',
      'lead.name as leadName',
      'lead.id as organizationId',
      'lead.name as organizationName',
    ])
    .where('lead.id', 'in', managed)
    .execute();
  const own = led.map((row) => ({
    ...{ ...row, invitedBy: null, invitedAt: null, acceptedAt: null },
    ...{ message: '', chapters: [], endsOn: null },
  }));
  return [...own, ...joined.map(withChapters)].sort((a, b) => (a.courseId < b.courseId ? 1 : -1));
}

const withChapters = <T extends { chapters: string }>(row: T) => ({
  ...row,
  chapters: JSON.parse(row.chapters) as string[],
});

function selectPartnerships(db: Db | Trx, organizationIds: string[]) {
  return db
    .selectFrom('course_partner')
    .innerJoin('course', 'course.id', 'course_partner.course_id')
    .innerJoin('organization as lead', 'lead.id', 'course.lead_organization_id')
    .innerJoin('organization as own', 'own.id', 'course_partner.organization_id')
    .innerJoin('person', 'person.id', 'course_partner.invited_by')
    .select([
      'course.id as courseId',
      'course.title',
      'course.occupation',
      'course.summary',
      'lead.id as leadOrganizationId',
      'lead.name as leadName',
      'own.id as organizationId',
      'own.name as organizationName',
      'person.name as invitedBy',
      'course_partner.invited_at as invitedAt',
      'course_partner.accepted_at as acceptedAt',
      'course_partner.message',
      'course_partner.chapters',
      'course_partner.ends_on as endsOn',
    ])
    .where('course_partner.organization_id', 'in', organizationIds);
}
