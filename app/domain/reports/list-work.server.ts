import type { Db, Trx } from '~db/client.server';
import { organizationsAs } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';
import { boundsOfDay } from '../class-hours/platform-day';
import { Forbidden } from '../shared/errors';
import type { AttributionFilter, Work } from './attribution';

/**
 * The accepted work that a person may see: a bureau administrator all of it, a manager that of courses which their
 * organizations lead or joined, and what those produced anywhere. Each lesson counts once, with length, producer and
 * author of the newest version that holds it, on the day on which it was first published; one that a newer version
 * leaves out was accepted all the same. Throws Forbidden for those who manage nothing.
 */
export async function listWork(
  db: Db | Trx,
  viewer: Viewer,
  { from, to }: Pick<AttributionFilter, 'from' | 'to'>,
  zone: string,
): Promise<Work[]> {
  const managed = organizationsAs(viewer, 'manager');
  if (!viewer.administrator && managed.length === 0) throw new Forbidden();
  const rows = await selectAccepted(db)
    .innerJoin('organization', 'organization.id', 'accepted.producer_organization_id')
    .innerJoin('person', 'person.id', 'accepted.author_id')
    .innerJoin('course', 'course.id', 'accepted.course_id')
    .where('accepted.newest', '=', 1)
    .$if(from !== undefined, (query) =>
      query.where('accepted.accepted_at', '>=', boundsOfDay(from ?? '', zone).fromAt),
    )
    .$if(to !== undefined, (query) =>
      query.where('accepted.accepted_at', '<', boundsOfDay(to ?? '', zone).toAt),
    )
    .$if(!viewer.administrator, (query) =>
      query.where((eb) =>
        eb.or([
          eb('accepted.producer_organization_id', 'in', managed),
          eb('course.lead_organization_id', 'in', managed),
          eb.exists(
            eb
              .selectFrom('course_partner')
              .select('course_partner.course_id')
              .whereRef('course_partner.course_id', '=', 'course.id')
              .where('course_partner.organization_id', 'in', managed)
              .where('course_partner.accepted_at', 'is not', null),
          ),
        ]),
      ),
    )
    .select((eb) => [
      'organization.id as organizationId',
      'organization.name as organizationName',
      'person.id as personId',
      'person.name as personName',
      'course.id as courseId',
      'course.title as courseTitle',
      eb.fn.countAll<number>().as('lessons'),
      eb.fn.coalesce(eb.fn.sum<number>('accepted.planned_minutes'), eb.lit(0)).as('plannedMinutes'),
      eb.fn.sum<number>('accepted.duration_ms').as('recordedMs'),
    ])
    .groupBy([
      'organization.id',
      'organization.name',
      'person.id',
      'person.name',
      'course.id',
      'course.title',
    ])
    .orderBy('organization.id')
    .orderBy('person.id')
    .orderBy('course.id')
    .execute();
  return rows.map((row) => ({ ...row, plannedMinutes: Number(row.plannedMinutes) }));
}

/** Every lesson as each version holds it, the newest version first. */
function selectAccepted(db: Db | Trx) {
  return db
    .with('accepted', (cte) =>
      cte
        .selectFrom('course_version_lesson')
        .innerJoin('course_version', 'course_version.id', 'course_version_lesson.course_version_id')
        .select((eb) => [
          'course_version.course_id',
          'course_version_lesson.producer_organization_id',
          'course_version_lesson.author_id',
          'course_version_lesson.duration_ms',
          'course_version_lesson.planned_minutes',
          eb.fn
            .agg<number>('row_number')
            .over((over) =>
              over
                .partitionBy('course_version_lesson.lesson_id')
                .orderBy('course_version.number', 'desc'),
            )
            .as('newest'),
          eb.fn
            .min('course_version.published_at')
            .over((over) => over.partitionBy('course_version_lesson.lesson_id'))
            .as('accepted_at'),
        ]),
    )
    .selectFrom('accepted');
}
