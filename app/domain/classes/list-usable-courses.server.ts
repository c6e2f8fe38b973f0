import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';

export interface UsableCourse {
  courseId: string;
  title: string;
  courseVersionId: string;
  number: number;
  lessons: number;
  durationMs: number;
}

/**
 * The published courses a class of this organization may use, each at its newest version: those it leads or
 * is a partner of; a bureau administrator may use any. Two queries.
 */
export async function listUsableCourses(
  db: Db,
  viewer: Viewer,
  organizationId: string,
): Promise<UsableCourse[]> {
  let versions = db
    .selectFrom('course_version')
    .innerJoin('course', 'course.id', 'course_version.course_id')
    .innerJoin(
      (eb) =>
        eb
          .selectFrom('course_version')
          .select((inner) => ['course_id', inner.fn.max('number').as('newest')])
          .groupBy('course_id')
          .as('latest'),
      (join) =>
        join
          .onRef('latest.course_id', '=', 'course_version.course_id')
          .onRef('latest.newest', '=', 'course_version.number'),
    )
    .leftJoin('course_partner', (join) =>
      join
        .onRef('course_partner.course_id', '=', 'course.id')
        .on('course_partner.organization_id', '=', organizationId)
        .on('course_partner.accepted_at', 'is not', null)
        .on('course_partner.left_at', 'is', null),
    )
    .select([
      'course_version.course_id as courseId',
      'course_version.title',
      'course_version.id as courseVersionId',
      'course_version.number',
    ])
    .orderBy('course_version.title')
    .orderBy('course_version.id');
  if (!viewer.administrator) {
    versions = versions.where((eb) =>
      eb.or([
        eb('course.lead_organization_id', '=', organizationId),
        eb('course_partner.organization_id', 'is not', null),
      ]),
    );
  }
  const found = await versions.execute();
  if (found.length === 0) return [];
  const sizes = await db
    .selectFrom('course_version_lesson')
    .select((eb) => [
      'course_version_id',
      eb.fn.countAll<number>().as('lessons'),
      eb.fn.sum<number>('duration_ms').as('duration_ms'),
    ])
    .where(
      'course_version_id',
      'in',
      found.map((one) => one.courseVersionId),
    )
    .groupBy('course_version_id')
    .execute();
  const byVersion = new Map(sizes.map((size) => [size.course_version_id, size]));
  return found.map((one) => {
    const size = byVersion.get(one.courseVersionId);
    return {
      ...one,
      lessons: Number(size?.lessons ?? 0),
      durationMs: Number(size?.duration_ms ?? 0),
    };
  });
}
