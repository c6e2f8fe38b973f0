import type { Db, Trx } from '~db/client.server';
import { organizationsAs } from '../accounts/can';
import type { Actor } from '../co-authoring/course-reach.server';
import { isReadable } from '../co-authoring/readable-courses.server';

export interface CourseRow {
  courseId: string;
  title: string;
  occupation: string;
  level: string;
  cover: string;
  leadName: string;
  /** Whether the person writes it; the others they may only read. */
  author: boolean;
  /** The newest published version; null before the first publication. */
  number: number | null;
  publishedAt: number | null;
  /** Of the version whose candidate waits for signatures; null where none does. */
  waitingNumber: number | null;
}

/**
 * The courses a person may open at their desk: those they are an author or a reviewer of, those of
 * organizations they manage, all for bureau administrators. Own courses first, then by title.
 */
export async function listCourses(db: Db | Trx, actor: Actor): Promise<CourseRow[]> {
  const instructs = organizationsAs(actor, 'instructor');
  const rows = await db
    .selectFrom('course')
    .innerJoin('organization as lead', 'lead.id', 'course.lead_organization_id')
    .leftJoin('course_author', (join) =>
      join
        .onRef('course_author.course_id', '=', 'course.id')
        .on('course_author.person_id', '=', actor.personId),
    )
    .leftJoin('publication_request', (join) =>
      join
        .onRef('publication_request.course_id', '=', 'course.id')
        .on('publication_request.closed_at', 'is', null),
    )
    .leftJoin('course_version', (join) =>
      join
        .onRef('course_version.course_id', '=', 'course.id')
        .on((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('course_version as later')
                .select('later.id')
                .whereRef('later.course_id', '=', 'course_version.course_id')
                .whereRef('later.number', '>', 'course_version.number'),
            ),
          ),
        ),
    )
    .select([
      'course.id as courseId',
      'course.title',
      'course.occupation',
      'course.level',
      'course.cover',
      'lead.name as leadName',
      'course_author.organization_id as writesFor',
      'course_version.number',
      'course_version.published_at as publishedAt',
      'publication_request.number as waitingNumber',
    ])
    .where((eb) => isReadable(eb, actor))
    .orderBy('course.title')
    .orderBy('course.id')
    .execute();
  return rows
    .map(({ writesFor, ...row }) => ({
      ...row,
      author: writesFor !== null && instructs.includes(writesFor),
    }))
    .sort((a, b) => Number(b.author) - Number(a.author));
}
