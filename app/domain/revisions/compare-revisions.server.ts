import type { Db, Trx } from '~db/client.server';
import { requireCourseReader, type Actor } from '../co-authoring/course-reach.server';
import { compareVersions, type VersionChange } from '../courses/version-changes';
import { compareArticles, type LineChange } from './article-lines.server';
import { findRevision } from './list-revisions.server';
import type { LessonContent, OutlineContent } from './revision-content';

/** A state beside the one before it. */
export interface RevisionComparison {
  id: string;
  lessonId: string | null;
  /** Of the lesson then; empty for the outline. */
  title: string;
  personName: string;
  /** For which the person changed it, where that is known. */
  organizationName: string | undefined;
  begunAt: number;
  endedAt: number;
  name: string | null;
  /** Whether something was kept of it before. */
  hasBefore: boolean;
  /** In words: title, video, author; settings, chapters and order. */
  changes: VersionChange[];
  /** Of the text, line by line; empty for the outline. */
  lines: LineChange[];
}

/** What one revision changed; for those who read the draft. NotFound for another course's. */
export async function compareRevision(
  db: Db | Trx,
  actor: Actor,
  { courseId, revisionId }: { courseId: string; revisionId: string },
): Promise<RevisionComparison> {
  await requireCourseReader(db, actor, courseId);
  const row = await findRevision(db, courseId, revisionId);
  const before = await db
    .selectFrom('course_revision')
    .select('content')
    .where('course_id', '=', courseId)
    .where('lesson_id', row.lesson_id === null ? 'is' : '=', row.lesson_id)
    .where((eb) =>
      eb.or([
        eb('ended_at', '<', row.ended_at),
        eb.and([eb('ended_at', '=', row.ended_at), eb('id', '<', row.id)]),
      ]),
    )
    .orderBy('ended_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const shared = {
    id: row.id,
    lessonId: row.lesson_id,
    personName: row.personName,
    organizationName: row.organizationName ?? undefined,
    begunAt: row.begun_at,
    endedAt: row.ended_at,
    name: row.name,
    hasBefore: before !== undefined,
  };
  if (row.lesson_id !== null) {
    const now = JSON.parse(row.content) as LessonContent;
    const was = before && (JSON.parse(before.content) as LessonContent);
    const as = (content: LessonContent) => lessonAsVersion(row.lesson_id ?? '', content);
    return {
      ...shared,
      title: now.title,
      changes: was
        ? compareVersions(as(was), as(now)).filter((change) => change.kind !== 'text-changed')
        : [],
      lines: compareArticles(was?.articleHtml ?? '', now.articleHtml),
    };
  }
  const now = JSON.parse(row.content) as OutlineContent;
  const was = before && (JSON.parse(before.content) as OutlineContent);
  const titles = await loadTitles(db, courseId);
  const as = (content: OutlineContent) => outlineAsVersion(content, titles);
  return {
    ...shared,
    title: '',
    changes: was ? compareVersions(as(was), as(now)) : [],
    lines: [],
  };
}

const NO_SETTINGS = { title: '', occupation: '', level: '', summary: '', cover: '' };

const lessonAsVersion = (id: string, content: LessonContent) => ({
  settings: NO_SETTINGS,
  chapters: [{ id: '', title: '', lessons: [{ id, ...content }] }],
});

function outlineAsVersion(content: OutlineContent, titles: Map<string, string>) {
  return {
    settings: content.settings,
    chapters: content.chapters.map(({ id, title, lessonIds }) => ({
      ...{ id, title },
      lessons: lessonIds.map((lessonId) => ({
        ...{ id: lessonId, title: titles.get(lessonId) ?? '' },
        ...{ kind: 'article' as const, mediaId: null, articleHtml: '' },
        ...{ producerOrganizationId: '', authorId: '' },
      })),
    })),
  };
}

/** Of all lessons of the course, removed ones too, as they are called now. */
async function loadTitles(db: Db | Trx, courseId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('lesson')
    .select(['id', 'title'])
    .where('course_id', '=', courseId)
    .execute();
  return new Map(rows.map(({ id, title }) => [id, title]));
}
