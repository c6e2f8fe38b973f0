import type { Db, Trx } from '~db/client.server';
import { Conflict } from '../shared/errors';
import { checkDraft } from './check-draft.server';
import type { CourseDraft } from './course-draft.server';
import { getCourseOutline, listVersionLessons } from './course-outline.server';
import type { OpenPoint, PublicationObstacle } from './publication-check';
import { compareVersions, type VersionChange, type VersionContent } from './version-changes';

/** The draft cannot be published; `obstacles` say why and where. Nothing was changed. */
export class NotPublishable extends Conflict {
  readonly obstacles: PublicationObstacle[];
  constructor(obstacles: PublicationObstacle[]) {
    super('not-publishable', `Nothing was published: ${obstacles.map((o) => o.kind).join(', ')}.`);
    this.obstacles = obstacles;
  }
}

export interface PublicationState {
  /** The newest published version, if there is one. */
  last: { id: string; number: number; publishedAt: number } | undefined;
  /** What readers of a new version would find changed since the newest one. */
  changes: VersionChange[];
  obstacles: PublicationObstacle[];
  openPoints: OpenPoint[];
}

/** Whether the draft could be published now, and what that would change. */
export async function judgeDraft(db: Db | Trx, draft: CourseDraft): Promise<PublicationState> {
  const last = await findLastVersion(db, draft.id);
  const before = last && (await loadContent(db, last.id));
  const changes = before
    ? compareVersions(before, {
        ...draft,
        chapters: draft.chapters.filter((chapter) => chapter.lessons.length > 0),
      })
    : [];
  const { obstacles, openPoints } = await checkDraft(db, draft);
  if (last && changes.length === 0) obstacles.push({ kind: 'unchanged', number: last.number });
  return { last, changes, obstacles, openPoints };
}

/** What the newest published version holds; undefined before there is one. */
export async function findLastContent(
  db: Db | Trx,
  courseId: string,
): Promise<VersionContent | undefined> {
  const last = await findLastVersion(db, courseId);
  return last && loadContent(db, last.id);
}

/** What readers find changed from one published version to another. */
export async function compareVersionsById(
  db: Db | Trx,
  beforeId: string,
  afterId: string,
): Promise<VersionChange[]> {
  return compareVersions(await loadContent(db, beforeId), await loadContent(db, afterId));
}

/** The newest published version; undefined before there is one. */
export const findLastVersion = (db: Db | Trx, courseId: string) =>
  db
    .selectFrom('course_version')
    .select(['id', 'number', 'published_at as publishedAt'])
    .where('course_id', '=', courseId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();

async function loadContent(db: Db | Trx, courseVersionId: string): Promise<VersionContent> {
  const outline = await getCourseOutline(db, courseVersionId);
  const lessons = await listVersionLessons(db, courseVersionId);
  return {
    settings: outline.settings,
    chapters: outline.chapters.map((chapter) => ({
      ...chapter,
      lessons: lessons.filter((lesson) => lesson.chapterId === chapter.id),
    })),
  };
}
