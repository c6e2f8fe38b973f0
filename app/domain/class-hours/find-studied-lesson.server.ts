import type { Db, Trx } from '~db/client.server';
import type { MediaState } from '~db/tables/media';

/** A lesson of a class as one enrollment may study it. */
export interface StudiedLesson {
  kind: 'video' | 'article';
  title: string;
  /** Undefined until a video can be played. */
  media: { id: string; durationMs: number } | undefined;
}

const PLAYABLE: MediaState[] = ['playable', 'ready'];

/** The lesson in the version of the course the class studies, for this learner's own enrollment; else undefined. */
export async function findStudiedLesson(
  db: Db | Trx,
  wanted: { personId: string; enrollmentId: string; lessonId: string },
): Promise<StudiedLesson | undefined> {
  const row = await db
    .selectFrom('enrollment')
    .innerJoin('class_course', 'class_course.class_id', 'enrollment.class_id')
    .innerJoin(
      'course_version_lesson',
      'course_version_lesson.course_version_id',
      'class_course.course_version_id',
    )
    .leftJoin('media', 'media.id', 'course_version_lesson.media_id')
    .where('enrollment.id', '=', wanted.enrollmentId)
    .where('enrollment.person_id', '=', wanted.personId)
    .where('course_version_lesson.lesson_id', '=', wanted.lessonId)
    .select([
      'course_version_lesson.kind',
      'course_version_lesson.title',
      'media.id as media_id',
      'media.state',
      'media.duration_ms',
    ])
    .executeTakeFirst();
  if (!row) return undefined;
  const { kind, title, media_id: id, state, duration_ms: durationMs } = row;
  const playable = state !== null && PLAYABLE.includes(state) && (durationMs ?? 0) > 0;
  return { kind, title, media: playable ? { id: id!, durationMs: durationMs! } : undefined };
}
