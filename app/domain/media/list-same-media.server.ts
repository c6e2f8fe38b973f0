import type { Db, Trx } from '~db/client.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';

/** A video that holds the very same file as another of the same organization. */
export interface SameMedia {
  mediaId: string;
  /** The older one. */
  sameId: string;
  sameFilename: string;
  courseTitle: string;
}

/**
 * Which of a course's videos the author's own organization had already, byte for byte, in this or
 * another course: the oldest one that can be used. Those that somebody chose to keep are left out; so
 * is all of other organizations. Not for authors alone: others get an empty list.
 */
export async function listSameMedia(
  db: Db | Trx,
  organizationId: string | undefined,
  courseId: string,
): Promise<SameMedia[]> {
  if (organizationId === undefined) return [];
  const rows = await db
    .selectFrom('media')
    .innerJoin('media as same', (join) =>
      join
        .onRef('same.content_sha256', '=', 'media.content_sha256')
        .onRef('same.organization_id', '=', 'media.organization_id')
        .onRef('same.id', '<', 'media.id'),
    )
    .innerJoin('course', 'course.id', 'same.course_id')
    .select(['media.id', 'same.id as same_id', 'same.filename', 'course.title'])
    .where('media.course_id', '=', courseId)
    .where('media.organization_id', '=', organizationId)
    .where('media.state', '<>', 'refused')
    .where('media.kept_at', 'is', null)
    .where('same.state', '<>', 'refused')
    .orderBy('same.id', 'desc')
    .execute();
  const oldest = new Map<string, SameMedia>();
  for (const { id, same_id: sameId, filename, title } of rows) {
    oldest.set(id, { mediaId: id, sameId, sameFilename: filename, courseTitle: title });
  }
  return [...oldest.values()];
}

/** The one of those for this video; undefined when there is none. NotFound and Forbidden as for the course. */
export async function findSameMedia(
  db: Db | Trx,
  actor: Actor,
  input: { courseId: string; mediaId: string },
): Promise<SameMedia | undefined> {
  const { authorFor } = await requireAuthor(db, actor, input.courseId);
  const all = await listSameMedia(db, authorFor, input.courseId);
  return all.find((one) => one.mediaId === input.mediaId);
}
