import type { Db } from '~db/client.server';
import type { MediaState } from '~db/tables/media';
import { isMediaOf } from '../courses/media-of-course.server';

export interface CourseMedia {
  id: string;
  /** Whether it was uploaded into this course; another's captions are edited there. */
  own: boolean;
  /** Of the organization that uploaded it. */
  organizationId: string;
  filename: string;
  bytes: number;
  state: MediaState;
  reason: string | null;
  /** Of what is being made now, 0 to 100; null while nothing is. */
  percent: number | null;
  /** What an author should know of a video that can be used, as a key of the media messages. */
  note: string | null;
  durationMs: number;
  /** Of the renditions that can be watched, ascending. */
  heights: number[];
  captions: { language: string; label: string }[];
  /** How many stills there are to choose from, and which one was chosen (0: nobody has). */
  posters: number;
  poster: number;
}

const MOST_ROWS = 100;

/**
 * The newest 100 videos of a course, newest first, for its upload rail: those uploaded into it, and
 * those of another course that a lesson of this one shows. Check the caller's reach to the course
 * before.
 */
export async function listCourseMedia(db: Db, courseId: string): Promise<CourseMedia[]> {
  const rows = await db
    .selectFrom('media')
    .select([
      'id',
      'course_id',
      'organization_id',
      'filename',
      'bytes',
      'state',
      'reason',
      'percent',
      'note',
    ])
    .select(['duration_ms', 'posters', 'poster'])
    .where(isMediaOf(courseId))
    .where('removed_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(MOST_ROWS)
    .execute();
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const [renditions, captions] = await Promise.all([
    db
      .selectFrom('rendition')
      .select(['media_id', 'height'])
      .where('media_id', 'in', ids)
      .orderBy('height')
      .execute(),
    db
      .selectFrom('caption')
      .select(['media_id', 'language', 'label'])
      .where('media_id', 'in', ids)
      .orderBy('language')
      .execute(),
  ]);
  return rows.map((row) => ({
    id: row.id,
    own: row.course_id === courseId,
    organizationId: row.organization_id,
    filename: row.filename,
    bytes: row.bytes,
    state: row.state,
    reason: row.reason,
    percent: row.percent,
    note: row.note,
    durationMs: row.duration_ms,
    heights: renditions.filter((r) => r.media_id === row.id).map((r) => r.height),
    captions: captions
      .filter((caption) => caption.media_id === row.id)
      .map(({ language, label }) => ({ language, label })),
    posters: row.posters,
    poster: row.poster,
  }));
}
