import type { Db, Trx } from '~db/client.server';
import type { MediaState } from '~db/tables/media';
import { NotFound } from '../shared/errors';

export interface LessonDraft {
  id: string;
  courseId: string;
  chapterId: string;
  kind: 'video' | 'article';
  title: string;
  articleHtml: string;
  producerOrganizationId: string;
  authorId: string;
  /** How long it is planned to be; null while nobody said. */
  plannedMinutes: number | null;
  version: number;
  updatedBy: string;
  updatedAt: number;
  media:
    | {
        id: string;
        filename: string;
        state: MediaState;
        reason: string | null;
        durationMs: number;
      }
    | undefined;
}

/** A lesson of the course as it is being edited. NotFound when it was removed or is another course's. */
export async function getLessonDraft(
  db: Db | Trx,
  courseId: string,
  lessonId: string,
): Promise<LessonDraft> {
  const row = await db
    .selectFrom('lesson')
    .innerJoin('person', 'person.id', 'lesson.updated_by')
    .leftJoin('media', 'media.id', 'lesson.media_id')
    .select([
      'lesson.chapter_id',
      'lesson.kind',
      'lesson.title',
      'lesson.article_html',
      'lesson.producer_organization_id',
      'lesson.author_id',
      'lesson.planned_minutes',
      'lesson.version',
      'lesson.updated_at',
      'person.name as updated_by_name',
      'media.id as media_id',
      'media.filename',
      'media.state',
      'media.reason',
      'media.duration_ms',
    ])
    .where('lesson.id', '=', lessonId)
    .where('lesson.course_id', '=', courseId)
    .where('lesson.removed_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw new NotFound();
  return {
    id: lessonId,
    courseId,
    chapterId: row.chapter_id,
    kind: row.kind,
    title: row.title,
    articleHtml: row.article_html,
    producerOrganizationId: row.producer_organization_id,
    authorId: row.author_id,
    plannedMinutes: row.planned_minutes,
    version: row.version,
    updatedBy: row.updated_by_name,
    updatedAt: row.updated_at,
    media:
      row.media_id && row.state
        ? {
            id: row.media_id,
            filename: row.filename ?? '',
            state: row.state,
            reason: row.reason,
            durationMs: row.duration_ms ?? 0,
          }
        : undefined,
  };
}
