import type { ExpressionBuilder, ExpressionWrapper } from 'kysely';
import type { Database } from '~db/schema';

type Eb = ExpressionBuilder<Database, 'lesson' | 'course'>;

/** Of a query's lesson and its course: whether the organization that produced it makes the course no more. */
export const producerHasLeft = (eb: Eb) =>
  eb.and([
    eb('lesson.producer_organization_id', '!=', eb.ref('course.lead_organization_id')),
    eb.not(
      eb.exists(
        eb
          .selectFrom('course_partner')
          .select('course_partner.course_id')
          .whereRef('course_partner.course_id', '=', 'course.id')
          .whereRef('course_partner.organization_id', '=', 'lesson.producer_organization_id')
          .where('course_partner.accepted_at', 'is not', null)
          .where('course_partner.left_at', 'is', null),
      ),
    ),
  ]);

/** The organization that answers for a query's lesson, as `answeringFor` (part-rights.ts) says. */
export const answeringOrganization = (
  eb: Eb,
): ExpressionWrapper<Database, 'lesson' | 'course', string> =>
  eb
    .case()
    .when(producerHasLeft(eb))
    .then(eb.ref('course.lead_organization_id'))
    .else(eb.ref('lesson.producer_organization_id'))
    .end();
