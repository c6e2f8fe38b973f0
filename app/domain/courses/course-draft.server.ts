import type { Db, Trx } from '~db/client.server';
import type { MediaState } from '~db/tables/media';
import { NotFound } from '../shared/errors';
import type { CourseSettings } from './course-settings';

export interface DraftLesson {
  /** How often it was moved, from 1. */
  placeVersion: number;
  id: string;
  chapterId: string;
  title: string;
  kind: 'video' | 'article';
  mediaId: string | null;
  mediaState: MediaState | null;
  durationMs: number;
  articleHtml: string;
  producerOrganizationId: string;
  authorId: string;
  plannedMinutes: number | null;
  version: number;
}

export interface DraftChapter {
  id: string;
  title: string;
  producerOrganizationId: string;
  /** Whether every organization of the course edits it. */
  openToPartners: boolean;
  placeVersion: number;
  version: number;
  lessons: DraftLesson[];
}

export interface CourseDraft {
  id: string;
  settings: CourseSettings;
  leadOrganizationId: string;
  version: number;
  chapters: DraftChapter[];
}

/** The course as it is being edited, chapters and lessons in their order, removed ones left out. */
export async function getCourseDraft(db: Db | Trx, courseId: string): Promise<CourseDraft> {
  const course = await db
    .selectFrom('course')
    .select([
      'id',
      'title',
      'occupation',
      'level',
      'summary',
      'cover',
      'version',
      'lead_organization_id',
    ])
    .where('id', '=', courseId)
    .executeTakeFirst();
  if (!course) throw new NotFound();
  const { title, occupation, level, summary, cover } = course;
  return {
    id: course.id,
    settings: { title, occupation, level, summary, cover } as CourseSettings,
    leadOrganizationId: course.lead_organization_id,
    version: course.version,
    chapters: await listDraftChapters(db, courseId),
  };
}

/** One statement, so that chapters, lessons and media are of one moment. */
async function listDraftChapters(db: Db | Trx, courseId: string): Promise<DraftChapter[]> {
  const rows = await db
    .selectFrom('chapter')
    .leftJoin('lesson', (join) =>
      join.onRef('lesson.chapter_id', '=', 'chapter.id').on('lesson.removed_at', 'is', null),
    )
    .leftJoin('media', 'media.id', 'lesson.media_id')
    .select([
      'chapter.id as chapter_id',
      'chapter.title as chapter_title',
      'chapter.producer_organization_id as chapter_producer',
      'chapter.version as chapter_version',
      'chapter.open_to_partners_since',
      'chapter.place_version as chapter_place',
      'lesson.place_version',
      'lesson.id',
      'lesson.title',
      'lesson.kind',
      'lesson.media_id',
      'lesson.article_html',
      'lesson.producer_organization_id',
      'lesson.author_id',
      'lesson.planned_minutes',
      'lesson.version',
      'media.state',
      'media.duration_ms',
    ])
    .where('chapter.course_id', '=', courseId)
    .where('chapter.removed_at', 'is', null)
    .orderBy('chapter.position')
    .orderBy('chapter.id')
    .orderBy('lesson.position')
    .orderBy('lesson.id')
    .execute();
  const chapters: DraftChapter[] = [];
  for (const row of rows) {
    let chapter = chapters.at(-1);
    if (chapter?.id !== row.chapter_id) {
      chapter = {
        id: row.chapter_id,
        title: row.chapter_title,
        producerOrganizationId: row.chapter_producer,
        openToPartners: row.open_to_partners_since !== null,
        placeVersion: row.chapter_place,
        version: row.chapter_version,
        lessons: [],
      };
      chapters.push(chapter);
    }
    if (row.id === null) continue;
    chapter.lessons.push({
      id: row.id,
      chapterId: row.chapter_id,
      title: row.title ?? '',
      kind: row.kind ?? 'article',
      mediaId: row.media_id,
      mediaState: row.state,
      durationMs: row.duration_ms ?? 0,
      articleHtml: row.article_html ?? '',
      producerOrganizationId: row.producer_organization_id ?? '',
      authorId: row.author_id ?? '',
      plannedMinutes: row.planned_minutes,
      version: row.version ?? 0,
      placeVersion: row.place_version ?? 1,
    });
  }
  return chapters;
}
