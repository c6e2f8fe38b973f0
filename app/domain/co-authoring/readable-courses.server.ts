import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Database } from '~db/schema';
import { organizationsAs } from '../accounts/can';
import type { Actor } from './course-reach.server';

/**
 * Whether a person may open the course of a query at their desk: one they are an author or a reviewer of, one of an
 * organization they manage; any for bureau administrators.
 */
export function isReadable(
  eb: ExpressionBuilder<Database, 'course'>,
  actor: Actor,
): ExpressionWrapper<Database, 'course', SqlBool> {
  const instructs = organizationsAs(actor, 'instructor');
  const manages = organizationsAs(actor, 'manager');
  const within = (organizationIds: string[]) =>
    eb.or([
      eb('course.lead_organization_id', 'in', organizationIds),
      eb.exists(
        eb
          .selectFrom('course_partner')
          .select('course_partner.course_id')
          .whereRef('course_partner.course_id', '=', 'course.id')
          .where('course_partner.accepted_at', 'is not', null)
          .where('course_partner.left_at', 'is', null)
          .where('course_partner.organization_id', 'in', organizationIds),
      ),
    ]);
  const author = eb
    .selectFrom('course_author as named')
    .select('named.course_id')
    .whereRef('named.course_id', '=', 'course.id')
    .where('named.person_id', '=', actor.personId)
    .where('named.organization_id', 'in', instructs);
  const reviewer = eb
    .selectFrom('course_reviewer as named')
    .select('named.course_id')
    .whereRef('named.course_id', '=', 'course.id')
    .where('named.person_id', '=', actor.personId)
    .where('named.organization_id', 'in', instructs);
  const writesOrSigns =
    instructs.length > 0
      ? [eb.and([within(instructs), eb.or([eb.exists(author), eb.exists(reviewer)])])]
      : [];
  return eb.or([
    ...(manages.length > 0 ? [within(manages)] : []),
    ...writesOrSigns,
    ...(actor.administrator ? [eb.and([])] : []),
  ]);
}
