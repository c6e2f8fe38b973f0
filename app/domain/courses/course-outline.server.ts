import type { Db, Trx } from '~db/client.server';
import { NotFound } from '../shared/errors';
import type { CourseSettings } from './course-settings';

export interface OutlineLesson {
  id: string;
  chapterId: string;
  /** Counts through the whole version from 1. */
  position: number;
  title: string;
  kind: 'video' | 'article';
  mediaId: string | null;
  /** The length of the video when it was published; 0 for an article. */
  durationMs: number;
  producerOrganizationId: string;
  authorId: string;
  plannedMinutes: number | null;
}

export interface CourseOutline {
  courseVersionId: string;
  courseId: string;
  number: number;
  publishedAt: number;
  publishedBy: string;
  settings: CourseSettings;
  chapters: { id: string; title: string; lessons: OutlineLesson[] }[];
}

/** A published version's chapters and lessons in order, without article texts. NotFound without one. */
export async function getCourseOutline(
  db: Db | Trx,
  courseVersionId: string,
): Promise<CourseOutline> {
  const version = await db
    .selectFrom('course_version')
    .selectAll()
    .where('id', '=', courseVersionId)
    .executeTakeFirst();
  if (!version) throw new NotFound();
  const chapters = await db
    .selectFrom('course_version_chapter')
    .select(['chapter_id as id', 'title'])
    .where('course_version_id', '=', courseVersionId)
    .orderBy('position')
    .execute();
  const lessons = await selectLessons(db, courseVersionId).execute();
  const { title, occupation, level, summary, cover } = version;
  return {
    courseVersionId: version.id,
    courseId: version.course_id,
    number: version.number,
    publishedAt: version.published_at,
    publishedBy: version.published_by,
    settings: { title, occupation, level, summary, cover } as CourseSettings,
    chapters: chapters.map((chapter) => ({
      ...chapter,
      lessons: lessons.filter((lesson) => lesson.chapterId === chapter.id),
    })),
  };
}

export interface VersionLesson extends OutlineLesson {
  articleHtml: string;
}

/** One lesson as it was published, its article text (already sanitised) included. NotFound without one. */
export async function getVersionLesson(
  db: Db | Trx,
  courseVersionId: string,
  lessonId: string,
): Promise<VersionLesson> {
  const lesson = await selectLessons(db, courseVersionId)
    .select('article_html as articleHtml')
    .where('lesson_id', '=', lessonId)
    .executeTakeFirst();
  if (!lesson) throw new NotFound();
  return lesson;
}

/** All lessons of a version with their article texts, in order. */
export async function listVersionLessons(
  db: Db | Trx,
  courseVersionId: string,
): Promise<VersionLesson[]> {
  return selectLessons(db, courseVersionId).select('article_html as articleHtml').execute();
}

function selectLessons(db: Db | Trx, courseVersionId: string) {
  return db
    .selectFrom('course_version_lesson')
    .select([
      'lesson_id as id',
      'chapter_id as chapterId',
      'position',
      'title',
      'kind',
      'media_id as mediaId',
      'duration_ms as durationMs',
      'producer_organization_id as producerOrganizationId',
      'author_id as authorId',
      'planned_minutes as plannedMinutes',
    ])
    .where('course_version_id', '=', courseVersionId)
    .orderBy('position');
}
