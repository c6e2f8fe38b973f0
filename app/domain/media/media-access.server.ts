import { sql } from 'kysely';
import type { Db } from '~db/client.server';

/**
 * Whether the person may watch a media: authors of its course and of one that shows it in a lesson,
 * managers of such a course's organizations and of the organization of a class that teaches it,
 * learners enrolled in (or done with) such a class, and bureau administrators. Nobody else, and nobody
 * for what does not exist.
 */
export async function canWatchMedia(db: Db, personId: string, mediaId: string): Promise<boolean> {
  const one = sql<number>`1`.as('one');
  const row = await db
    .selectFrom('media')
    .select('media.id')
    .where('media.id', '=', mediaId)
    .where((w) => {
      // A video is shown in its own course, and where its organization used it again.
      const showingIt = w
        .selectFrom('lesson')
        .select('lesson.course_id')
        .whereRef('lesson.media_id', '=', 'media.id')
        .where('lesson.removed_at', 'is', null);
      const author = w
        .selectFrom('course_author')
        .innerJoin('membership', (join) =>
          join
            .onRef('membership.person_id', '=', 'course_author.person_id')
            .onRef('membership.organization_id', '=', 'course_author.organization_id')
            .on('membership.role', '=', 'instructor')
            .on('membership.ended_at', 'is', null),
        )
        .where((of) =>
          of.or([
            of('course_author.course_id', '=', of.ref('media.course_id')),
            of('course_author.course_id', 'in', showingIt),
          ]),
        )
        .where('course_author.person_id', '=', personId)
        .where((of) =>
          of.not(
            of.exists(
              of
                .selectFrom('course_partner')
                .select('course_partner.course_id')
                .whereRef('course_partner.course_id', '=', 'course_author.course_id')
                .whereRef('course_partner.organization_id', '=', 'course_author.organization_id')
                .where('course_partner.left_at', 'is not', null),
            ),
          ),
        );
      const managerOfLead = w
        .selectFrom('course')
        .innerJoin('membership', 'membership.organization_id', 'course.lead_organization_id')
        .where((of) =>
          of.or([
            of('course.id', '=', of.ref('media.course_id')),
            of('course.id', 'in', showingIt),
          ]),
        )
        .where('membership.person_id', '=', personId)
        .where('membership.role', '=', 'manager')
        .where('membership.ended_at', 'is', null);
      const managerOfPartner = w
        .selectFrom('course_partner')
        .innerJoin('membership', 'membership.organization_id', 'course_partner.organization_id')
        .where((of) =>
          of.or([
            of('course_partner.course_id', '=', of.ref('media.course_id')),
            of('course_partner.course_id', 'in', showingIt),
          ]),
        )
        .where('course_partner.accepted_at', 'is not', null)
        .where('course_partner.left_at', 'is', null)
        .where('membership.person_id', '=', personId)
        .where('membership.role', '=', 'manager')
        .where('membership.ended_at', 'is', null);
      const administrator = w
        .selectFrom('bureau_administrator')
        .where('bureau_administrator.person_id', '=', personId)
        .where('bureau_administrator.ended_at', 'is', null);
      const taught = w
        .selectFrom('course_version_lesson')
        .innerJoin(
          'class_course',
          'class_course.course_version_id',
          'course_version_lesson.course_version_id',
        )
        .whereRef('course_version_lesson.media_id', '=', 'media.id');
      const learner = taught
        .innerJoin('enrollment', 'enrollment.class_id', 'class_course.class_id')
        .where('enrollment.person_id', '=', personId)
        .where('enrollment.status', 'in', ['enrolled', 'completed']);
      const managerOfClass = taught
        .innerJoin('training_class', 'training_class.id', 'class_course.class_id')
        .innerJoin('membership', 'membership.organization_id', 'training_class.organization_id')
        .where('membership.person_id', '=', personId)
        .where('membership.role', '=', 'manager')
        .where('membership.ended_at', 'is', null);
      return w.or([
        w.exists(learner.select(one)),
        w.exists(author.select(one)),
        w.exists(managerOfLead.select(one)),
        w.exists(managerOfPartner.select(one)),
        w.exists(managerOfClass.select(one)),
        w.exists(administrator.select(one)),
      ]);
    })
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the still of a media may be seen by anybody: its course is published with it. */
export async function isPosterPublic(db: Db, mediaId: string): Promise<boolean> {
  const row = await db
    .selectFrom('course_version_lesson')
    .select('course_version_lesson.lesson_id')
    .where('course_version_lesson.media_id', '=', mediaId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
