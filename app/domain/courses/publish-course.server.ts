import type { Db, Trx } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { Conflict } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { getCourseDraft, type CourseDraft } from './course-draft.server';
import { getCourseOutline, listVersionLessons } from './course-outline.server';
import { checkPublication, type PublicationObstacle } from './publication-check';
import { isBlankArticle } from './sanitize-article.server';
import { compareVersions, type VersionChange } from './version-changes';

/** The draft cannot be published; `obstacles` say why and where. Nothing was published. */
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
}

/** Whether the draft could be published now, and what that would change. */
export async function getPublicationState(
  db: Db | Trx,
  courseId: string,
): Promise<PublicationState> {
  return judge(db, await getCourseDraft(db, courseId));
}

/**
 * Publishes the draft as the next immutable version: chapters with lessons, texts, videos with their
 * lengths, producers and authors as they are now; empty chapters are left out. Throws NotPublishable
 * with every obstacle. `db` may be an open transaction.
 */
export async function publishCourse(
  db: Db | Trx,
  actor: Actor,
  input: { courseId: string; now: number },
): Promise<{ courseVersionId: string; number: number }> {
  if (db.isTransaction) return publish(db, actor, input);
  return db.transaction().execute((trx) => publish(trx, actor, input));
}

async function judge(db: Db | Trx, draft: CourseDraft): Promise<PublicationState> {
  const last = await db
    .selectFrom('course_version')
    .select(['id', 'number', 'published_at as publishedAt'])
    .where('course_id', '=', draft.id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const changes = last ? await changesSince(db, last.id, draft) : [];
  const obstacles = checkPublication(
    draft.chapters.flatMap((chapter) =>
      chapter.lessons.map((lesson) => ({ ...lesson, blank: isBlankArticle(lesson.articleHtml) })),
    ),
  );
  if (last && changes.length === 0) obstacles.push({ kind: 'unchanged', number: last.number });
  return { last, changes, obstacles };
}

async function changesSince(
  db: Db | Trx,
  courseVersionId: string,
  draft: CourseDraft,
): Promise<VersionChange[]> {
  const outline = await getCourseOutline(db, courseVersionId);
  const lessons = await listVersionLessons(db, courseVersionId);
  const before = {
    settings: outline.settings,
    chapters: outline.chapters.map((chapter) => ({
      ...chapter,
      lessons: lessons.filter((lesson) => lesson.chapterId === chapter.id),
    })),
  };
  return compareVersions(before, { ...draft, chapters: filled(draft) });
}

const filled = (draft: CourseDraft) => draft.chapters.filter((chapter) => chapter.lessons.length);

async function publish(
  trx: Db | Trx,
  actor: Actor,
  input: { courseId: string; now: number },
): Promise<{ courseVersionId: string; number: number }> {
  const { courseId, now } = input;
  await requireAuthor(trx, actor, courseId);
  // Two publications at once follow one another: the row is locked where the engine locks rows.
  await trx
    .updateTable('course')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('id', '=', courseId)
    .execute();
  const draft = await getCourseDraft(trx, courseId);
  const { last, obstacles } = await judge(trx, draft);
  if (obstacles.length > 0) throw new NotPublishable(obstacles);
  const courseVersionId = newId();
  const number = (last?.number ?? 0) + 1;
  await insertVersion(trx, draft, { id: courseVersionId, number, actor, now });
  await recordAudit(trx, {
    at: now,
    actorId: actor.personId,
    organizationId: draft.leadOrganizationId,
    action: 'publish-course',
    subjectType: 'course',
    subjectId: courseId,
    detail: { number, title: draft.settings.title, courseVersionId },
  });
  return { courseVersionId, number };
}

async function insertVersion(
  trx: Db | Trx,
  draft: CourseDraft,
  version: { id: string; number: number; actor: Actor; now: number },
): Promise<void> {
  await trx
    .insertInto('course_version')
    .values({
      id: version.id,
      course_id: draft.id,
      number: version.number,
      ...draft.settings,
      published_by: version.actor.personId,
      published_at: version.now,
    })
    .execute();
  const chapters = filled(draft);
  await trx
    .insertInto('course_version_chapter')
    .values(
      chapters.map((chapter, index) => ({
        course_version_id: version.id,
        chapter_id: chapter.id,
        position: index + 1,
        title: chapter.title,
      })),
    )
    .execute();
  const lessons = chapters.flatMap((chapter) => chapter.lessons);
  await trx
    .insertInto('course_version_lesson')
    .values(
      lessons.map((lesson, index) => ({
        course_version_id: version.id,
        lesson_id: lesson.id,
        chapter_id: lesson.chapterId,
        position: index + 1,
        kind: lesson.kind,
        title: lesson.title,
        media_id: lesson.mediaId,
        duration_ms: lesson.kind === 'video' ? lesson.durationMs : 0,
        article_html: lesson.articleHtml,
        producer_organization_id: lesson.producerOrganizationId,
        author_id: lesson.authorId,
      })),
    )
    .execute();
}
