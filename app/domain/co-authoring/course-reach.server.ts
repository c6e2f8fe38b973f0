import type { Db, Trx } from '~db/client.server';
import type { Role } from '~db/tables/organizations';
import { holdsRole, organizationsAs } from '../accounts/can';
import { Forbidden, NotFound } from '../shared/errors';

/** Whoever acts on a course: the part of a viewer that decides what they may do. */
export interface Actor {
  personId: string;
  administrator: boolean;
  memberships: { organizationId: string; role: Role }[];
}

/** A course as one person reaches it. */
export interface CourseReach {
  courseId: string;
  version: number;
  leadOrganizationId: string;
  /** Those that make the course: the lead organization first, then the partners that accepted. */
  organizationIds: string[];
  /** The organization for which the person writes; undefined for those who are no author. */
  authorFor: string | undefined;
  /** The organization for which they were named to sign; undefined for everybody else. */
  reviewerFor: string | undefined;
  /** The involved organizations that the person manages. */
  managerFor: string[];
}

/**
 * The course through the person's reach: members of the lead organization and of partners that
 * accepted and have not left, and bureau administrators. Anybody else gets NotFound, as if there were no course.
 * An author counts only while being an instructor of the organization that named them.
 */
export async function getCourseReach(
  db: Db | Trx,
  actor: Actor,
  courseId: string,
): Promise<CourseReach> {
  const [reach] = await listCourseReaches(db, actor, [courseId]);
  if (!reach) throw new NotFound();
  return reach;
}

/** Of courses those that the person reaches (`getCourseReach`), in no order; two queries however many they are. */
export async function listCourseReaches(
  db: Db | Trx,
  actor: Actor,
  courseIds: readonly string[],
): Promise<CourseReach[]> {
  const courses = await db
    .selectFrom('course')
    .leftJoin('course_author', (join) =>
      join
        .onRef('course_author.course_id', '=', 'course.id')
        .on('course_author.person_id', '=', actor.personId),
    )
    .leftJoin('course_reviewer', (join) =>
      join
        .onRef('course_reviewer.course_id', '=', 'course.id')
        .on('course_reviewer.person_id', '=', actor.personId),
    )
    .select([
      'course.id',
      'course.version',
      'course.lead_organization_id',
      'course_author.organization_id',
      'course_reviewer.organization_id as reviewing_id',
    ])
    .where('course.id', 'in', courseIds)
    .execute();
  const partners = await listPartners(
    db,
    courses.map(({ id }) => id),
  );
  return courses.flatMap((course) => {
    const partnerIds = partners.flatMap((one) => (one.courseId === course.id ? one.id : []));
    return reachOf(actor, course, [course.lead_organization_id, ...partnerIds]) ?? [];
  });
}

function reachOf(
  actor: Actor,
  course: {
    id: string;
    version: number;
    lead_organization_id: string;
    organization_id: string | null;
    reviewing_id: string | null;
  },
  organizationIds: string[],
): CourseReach | undefined {
  const inside = actor.administrator || organizationIds.some((id) => holdsRole(actor, id));
  if (!inside) return undefined;
  const named = course.organization_id;
  const writes =
    named !== null && organizationIds.includes(named) && holdsRole(actor, named, 'instructor');
  const reviewing = course.reviewing_id;
  const reviews =
    reviewing !== null &&
    organizationIds.includes(reviewing) &&
    holdsRole(actor, reviewing, 'instructor', 'manager');
  return {
    courseId: course.id,
    version: course.version,
    leadOrganizationId: course.lead_organization_id,
    organizationIds,
    authorFor: writes ? named : undefined,
    reviewerFor: reviews ? reviewing : undefined,
    managerFor: organizationsAs(actor, 'manager').filter((id) => organizationIds.includes(id)),
  };
}

/** Those that make the course with the lead organization now, in the order of their joining. */
async function listPartners(
  db: Db | Trx,
  courseIds: readonly string[],
): Promise<{ courseId: string; id: string }[]> {
  if (courseIds.length === 0) return [];
  return db
    .selectFrom('course_partner')
    .select(['course_id as courseId', 'organization_id as id'])
    .where('course_id', 'in', courseIds)
    .where('accepted_at', 'is not', null)
    .where('left_at', 'is', null)
    .orderBy('accepted_at')
    .orderBy('organization_id')
    .execute();
}

/** Those that make the course, without anybody's view of it; NotFound where there is none. */
export async function getCourseMakers(
  db: Db | Trx,
  courseId: string,
): Promise<Pick<CourseReach, 'leadOrganizationId' | 'organizationIds'>> {
  const course = await db
    .selectFrom('course')
    .select('lead_organization_id as leadOrganizationId')
    .where('id', '=', courseId)
    .executeTakeFirst();
  if (!course) throw new NotFound();
  const { leadOrganizationId } = course;
  const partners = await listPartners(db, [courseId]);
  const organizationIds = [leadOrganizationId, ...partners.map(({ id }) => id)];
  return { leadOrganizationId, organizationIds };
}

/**
 * The course for one of its authors, with the organization they write for. Outsiders get NotFound,
 * insiders who are no author Forbidden. Uploads, edits and publication go through here.
 */
export async function requireAuthor(
  db: Db | Trx,
  actor: Actor,
  courseId: string,
): Promise<CourseReach & { authorFor: string }> {
  const reach = await getCourseReach(db, actor, courseId);
  if (!reach.authorFor) throw new Forbidden();
  return { ...reach, authorFor: reach.authorFor };
}

/**
 * The course for those who may read its draft: its authors and reviewers, managers of the involved
 * organizations, and bureau administrators. Other insiders get Forbidden, outsiders NotFound.
 */
export async function requireCourseReader(
  db: Db | Trx,
  actor: Actor,
  courseId: string,
): Promise<CourseReach> {
  const reach = await getCourseReach(db, actor, courseId);
  const inside = reach.authorFor !== undefined || reach.reviewerFor !== undefined;
  if (!inside && reach.managerFor.length === 0 && !actor.administrator) throw new Forbidden();
  return reach;
}

/** Whether the person may write in the course; false for outsiders too. */
export async function canAuthor(db: Db | Trx, actor: Actor, courseId: string): Promise<boolean> {
  try {
    return (await getCourseReach(db, actor, courseId)).authorFor !== undefined;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}
