import type { ExpressionBuilder } from 'kysely';
import type { Db, Trx } from '~db/client.server';
import type { Database } from '~db/schema';
import {
  requireCourseReader,
  type Actor,
  type CourseReach,
} from '../co-authoring/course-reach.server';
import { Forbidden, NotFound } from '../shared/errors';

/** Someone named to review a course for one of its organizations. */
export interface Reviewer {
  personId: string;
  name: string;
  organizationId: string;
  /** Still an instructor or manager there; whoever is not can no longer sign. */
  current: boolean;
}

/** The reviewers of a course in the order of their naming. */
export async function listReviewers(db: Db | Trx, courseId: string): Promise<Reviewer[]> {
  return listReviewersOf(db, [courseId]);
}

/** The reviewers of courses in the order of their naming, with one query. */
export async function listReviewersOf(
  db: Db | Trx,
  courseIds: readonly string[],
): Promise<(Reviewer & { courseId: string })[]> {
  const rows = await db
    .selectFrom('course_reviewer')
    .innerJoin('person', 'person.id', 'course_reviewer.person_id')
    .select((eb) => [
      'course_reviewer.course_id as courseId',
      'course_reviewer.person_id as personId',
      'course_reviewer.organization_id as organizationId',
      'person.name',
      eb
        .exists(
          eb
            .selectFrom('membership')
            .select('membership.id')
            .whereRef('membership.person_id', '=', 'course_reviewer.person_id')
            .whereRef('membership.organization_id', '=', 'course_reviewer.organization_id')
            .where('membership.role', 'in', ['instructor', 'manager'])
            .where('membership.ended_at', 'is', null),
        )
        .as('current'),
    ])
    .where('course_reviewer.course_id', 'in', courseIds)
    .orderBy('course_reviewer.named_at')
    .orderBy('course_reviewer.person_id')
    .execute();
  return rows.map((row) => ({ ...row, current: Boolean(row.current) }));
}

/** The bureau that signs each version of the course too, or undefined. */
export async function findReviewingBureau(
  db: Db | Trx,
  courseId: string,
): Promise<string | undefined> {
  const course = await db
    .selectFrom('course')
    .select((eb) => reviewingBureau(eb).as('bureauId'))
    .where('course.id', '=', courseId)
    .executeTakeFirst();
  return course?.bureauId ?? undefined;
}

/** That bureau as part of a query on courses; null where there is none. */
export const reviewingBureau = (eb: ExpressionBuilder<Database, 'course'>) =>
  eb
    .selectFrom('organization')
    .select('organization.id')
    .where('organization.kind', '=', 'bureau')
    .where('course.bureau_review_since', 'is not', null)
    .orderBy('organization.created_at')
    .orderBy('organization.id')
    .limit(1);

/**
 * Whether a person signs for an organization of a course: its named reviewers do; where nobody is named (or nobody
 * of them is left), its authors and managers. For the bureau its administrators do. What an organization produced
 * that makes the course no more is answered for by the lead organization.
 */
export function maySign(
  actor: Actor,
  reach: CourseReach,
  reviewers: readonly Reviewer[],
  organizationId: string,
  bureauId: string | undefined,
): boolean {
  if (organizationId === bureauId) return actor.administrator;
  const answering = reach.organizationIds.includes(organizationId)
    ? organizationId
    : reach.leadOrganizationId;
  const named = reviewers.filter((one) => one.current && one.organizationId === answering);
  if (named.length > 0) return reach.reviewerFor === answering;
  return reach.authorFor === answering || reach.managerFor.includes(answering);
}

/** Outsiders get NotFound; insiders who do not sign for the organization Forbidden. */
export async function requireSigner(
  trx: Trx,
  actor: Actor,
  given: { courseId: string; organizationId: string },
): Promise<void> {
  const { courseId, organizationId } = given;
  const reach = await requireCourseReader(trx, actor, courseId);
  const reviewers = await listReviewers(trx, courseId);
  const bureauId = await findReviewingBureau(trx, courseId);
  if (!maySign(actor, reach, reviewers, organizationId, bureauId)) throw new Forbidden();
}

/** Nobody is named twice, on either side; NotFound for whoever is neither instructor nor manager there. */
export async function requireNameable(
  trx: Trx,
  organizationId: string,
  personId: string,
): Promise<void> {
  const member = await trx
    .selectFrom('membership')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('person_id', '=', personId)
    .where('role', 'in', ['instructor', 'manager'])
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (!member) throw new NotFound();
}
