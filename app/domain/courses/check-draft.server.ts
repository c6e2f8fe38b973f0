import type { Db, Trx } from '~db/client.server';
import { listAuthors } from '../co-authoring/course-people.server';
import { inChunks } from '../shared/in-chunks';
import { listLinks } from './article-links.server';
import type { CourseDraft, DraftLesson } from './course-draft.server';
import {
  checkPublication,
  isOutside,
  listOpenPoints,
  type CheckedLesson,
  type LinkFound,
  type OpenPoint,
  type PublicationObstacle,
} from './publication-check';
import { isBlankArticle } from './sanitize-article.server';

const URLS_A_STATEMENT = 500;

/** The draft's check list: what stands in the way of publication, and what else is open. */
export async function checkDraft(
  db: Db | Trx,
  draft: CourseDraft,
): Promise<{ obstacles: PublicationObstacle[]; openPoints: OpenPoint[] }> {
  const lessons = draft.chapters.flatMap((chapter) => chapter.lessons);
  const captioned = await listCaptioned(db, draft.id);
  const authors = await listAuthors(db, draft.id);
  const stands = ({ authorId, producerOrganizationId }: DraftLesson) =>
    authors.some(
      (author) =>
        author.current &&
        author.personId === authorId &&
        author.organizationId === producerOrganizationId,
    );
  const checked = lessons.map((lesson): CheckedLesson => ({
    ...lesson,
    blank: isBlankArticle(lesson.articleHtml),
    captioned: captioned.has(lesson.mediaId ?? ''),
    authorStands: stands(lesson),
    links: listLinks(lesson.articleHtml),
  }));
  const outside = checked.flatMap(({ links }) => links.filter(isOutside));
  return {
    obstacles: checkPublication(checked),
    openPoints: listOpenPoints(checked, await findChecks(db, outside)),
  };
}

/** What was found at addresses; those that nobody asked yet are missing. */
export async function findChecks(
  db: Db | Trx,
  urls: readonly string[],
): Promise<Map<string, LinkFound>> {
  const found = new Map<string, LinkFound>();
  for (const some of inChunks([...new Set(urls)], URLS_A_STATEMENT)) {
    const rows = await db
      .selectFrom('link_check')
      .select(['url', 'outcome', 'status', 'checked_at as checkedAt'])
      .where('url', 'in', some)
      .execute();
    for (const { url, ...check } of rows) found.set(url, check);
  }
  return found;
}

/** The videos of a course's lessons that have captions in some language. */
async function listCaptioned(db: Db | Trx, courseId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('caption')
    .innerJoin('lesson', 'lesson.media_id', 'caption.media_id')
    .select('caption.media_id')
    .distinct()
    .where('lesson.course_id', '=', courseId)
    .where('lesson.removed_at', 'is', null)
    .execute();
  return new Set(rows.map((row) => row.media_id));
}
