import type { ExpressionBuilder } from 'kysely';
import type { Db, Trx } from '~db/client.server';
import type { Database } from '~db/schema';
import { organizationsAs } from '../accounts/can';
import {
  answeringOrganization,
  producerHasLeft,
} from '../co-authoring/answering-organization.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { isReadable } from '../co-authoring/readable-courses.server';

type Eb = ExpressionBuilder<Database, 'comment_thread' | 'lesson' | 'course'>;

/**
 * The threads that wait for a person, with their lesson and course: suggestions on lessons they answer for, threads
 * in which they are named or took part and somebody else has spoken since, and, once the producer of a lesson has
 * left the course, for those who answer for it now every thread about it as if they took part.
 */
export const selectWaitingThreads = (db: Db | Trx, actor: Actor) =>
  db
    .selectFrom('comment_thread')
    .innerJoin('lesson', 'lesson.id', 'comment_thread.lesson_id')
    .innerJoin('course', 'course.id', 'comment_thread.course_id')
    .where('comment_thread.id', 'in', selectReached(db, actor))
    .where('comment_thread.outcome', 'is', null)
    .where('comment_thread.resolved_at', 'is', null)
    .where('lesson.removed_at', 'is', null)
    .where((eb) => eb.or([decides(eb, actor), isAddressed(eb, actor)]))
    .where((eb) => isReadable(eb as unknown as ExpressionBuilder<Database, 'course'>, actor));

/**
 * Whatever could wait for them: open threads of the courses they write in, and threads they had to do with. Each part
 * has an index, so that a count reads nothing of what others say to each other.
 */
const selectReached = (db: Db | Trx, actor: Actor) =>
  selectTouched(db, actor).$if(organizationsAs(actor, 'manager').length > 0, (query) =>
    query.union(selectManaged(db, organizationsAs(actor, 'manager'))),
  );

/** Open suggestions of the courses that the organizations make. */
const selectManaged = (db: Db | Trx, organizationIds: string[]) =>
  db
    .selectFrom('comment_thread as open')
    .select('open.id')
    .where('open.outcome', 'is', null)
    .where('open.resolved_at', 'is', null)
    .where('open.replacement', 'is not', null)
    .where('open.course_id', 'in', (eb) =>
      eb
        .selectFrom('course')
        .select('course.id')
        .where('course.lead_organization_id', 'in', organizationIds)
        .union(
          eb
            .selectFrom('course_partner')
            .select('course_partner.course_id as id')
            .where('course_partner.organization_id', 'in', organizationIds),
        ),
    );

const selectTouched = (db: Db | Trx, { personId }: Actor) =>
  db
    .selectFrom('course_author')
    .innerJoin('comment_thread as open', 'open.course_id', 'course_author.course_id')
    .select('open.id')
    .where('course_author.person_id', '=', personId)
    .where('open.outcome', 'is', null)
    .where('open.resolved_at', 'is', null)
    .union(
      db
        .selectFrom('comment_thread as open')
        .select('open.id')
        .where('open.created_by', '=', personId)
        .where('open.outcome', 'is', null)
        .where('open.resolved_at', 'is', null),
    )
    .union(
      db.selectFrom('comment').select('comment.thread_id as id').where('person_id', '=', personId),
    )
    .union(
      db
        .selectFrom('comment_mention')
        .innerJoin('comment', 'comment.id', 'comment_mention.comment_id')
        .select('comment.thread_id as id')
        .where('comment_mention.person_id', '=', personId),
    );

/**
 * A suggestion for a lesson that the person answers for, one of their own too, once its producer has left; for its
 * managers while nobody writes for that organization, so that they name somebody.
 */
export function decides(eb: Eb, actor: Actor) {
  return eb.and([
    eb('comment_thread.replacement', 'is not', null),
    eb.or([eb('comment_thread.created_by', '!=', actor.personId), producerHasLeft(eb as never)]),
    eb.or([answers(eb, actor), managesDeserted(eb, actor)]),
  ]);
}

/** The person manages the organization that answers for the lesson, and nobody writes for it any more. */
function managesDeserted(eb: Eb, actor: Actor) {
  const manages = organizationsAs(actor, 'manager');
  if (manages.length === 0) return eb.lit(false);
  const answering = answeringOrganization(eb);
  return eb.and([
    eb(answering, 'in', manages),
    eb.not(
      eb.exists(
        eb
          .selectFrom('course_author')
          .innerJoin('membership', 'membership.person_id', 'course_author.person_id')
          .select('course_author.person_id')
          .whereRef('course_author.course_id', '=', 'comment_thread.course_id')
          .whereRef('membership.organization_id', '=', 'course_author.organization_id')
          .where('membership.role', '=', 'instructor')
          .where('membership.ended_at', 'is', null)
          .where('course_author.organization_id', '=', answering),
      ),
    ),
  ]);
}

/** The person writes for the organization that answers for the lesson. */
function answers(eb: Eb, actor: Actor) {
  const instructs = organizationsAs(actor, 'instructor');
  if (instructs.length === 0) return eb.lit(false);
  return eb.exists(
    eb
      .selectFrom('course_author')
      .select('course_author.person_id')
      .whereRef('course_author.course_id', '=', 'comment_thread.course_id')
      .where('course_author.person_id', '=', actor.personId)
      .where('course_author.organization_id', 'in', instructs)
      .where('course_author.organization_id', '=', answeringOrganization(eb as never)),
  );
}

/** The person takes part, and somebody else has spoken since. */
function isAddressed(eb: Eb, actor: Actor) {
  const { personId } = actor;
  const comments = () =>
    eb
      .selectFrom('comment')
      .whereRef('comment.thread_id', '=', 'comment_thread.id')
      .where('comment.removed_at', 'is', null);
  const own = comments().where('comment.person_id', '=', personId);
  const naming = comments()
    .innerJoin('comment_mention', 'comment_mention.comment_id', 'comment.id')
    .where('comment_mention.person_id', '=', personId);
  const latestOf = (of: typeof own) =>
    of.select((of2) => of2.fn.max('comment.written_at').as('latest'));
  const latest = latestOf(comments().where('comment.person_id', '!=', personId));
  return eb.and([
    eb.or([
      eb('comment_thread.created_by', '=', personId),
      eb.exists(own.select('comment.id')),
      eb.exists(naming.select('comment.id')),
      eb.and([producerHasLeft(eb as never), answers(eb, actor)]),
    ]),
    eb(latest, '>', eb.fn.coalesce(latestOf(own), eb.lit(0))),
  ]);
}
