import type { Db, Trx } from '~db/client.server';
import type { CourseSettings } from '../courses/course-settings';
import { newId } from '../shared/new-id.server';
import { placeRevision, type LessonContent, type OutlineContent } from './revision-content';

/** Who changes something, for which organization, when. */
export interface Change {
  personId: string;
  organizationId: string | null;
  now: number;
}

/** A state as it is to be kept. */
interface State {
  courseId: string;
  lessonId: string | null;
  /** JSON. */
  content: string;
  /** Who made it what it is, where nothing was kept of it before. */
  origin: Change;
}

/**
 * Makes a change to a lesson (title, video, text, author) and keeps what it was and what it is, in the caller's
 * transaction.
 */
export async function withLessonRevision<T>(
  trx: Db | Trx,
  lessonId: string,
  by: Change,
  change: () => Promise<T>,
): Promise<T> {
  return withRevision(trx, () => readLesson(trx, lessonId), by, change);
}

/** The same for a course's settings, chapters and order. */
export async function withOutlineRevision<T>(
  trx: Db | Trx,
  courseId: string,
  by: Change,
  change: () => Promise<T>,
): Promise<T> {
  return withRevision(trx, () => readOutline(trx, courseId), by, change);
}

async function withRevision<T>(
  trx: Db | Trx,
  read: () => Promise<State | undefined>,
  by: Change,
  change: () => Promise<T>,
): Promise<T> {
  const before = await read();
  const isFirst = before !== undefined && !(await findLatest(trx, before));
  if (isFirst) await insert(trx, before, before.origin);
  const done = await change();
  const after = await read();
  // What it was before anything was kept stays, whoever made it.
  if (after) await keep(trx, after, by, isFirst);
  return done;
}

async function keep(trx: Db | Trx, state: State, by: Change, apart: boolean): Promise<void> {
  const found = await findLatest(trx, state);
  const latest = found && { ...found, named: found.named || apart };
  const place = placeRevision(latest, { ...by, content: state.content });
  if (place === 'add') await insert(trx, state, by);
  if (place !== 'extend' || !latest) return;
  await trx
    .updateTable('course_revision')
    .set({ content: state.content, ended_at: by.now })
    .where('id', '=', latest.id)
    .execute();
}

async function insert(trx: Db | Trx, state: State, by: Change): Promise<void> {
  await trx
    .insertInto('course_revision')
    .values({
      id: newId(),
      course_id: state.courseId,
      lesson_id: state.lessonId,
      content: state.content,
      person_id: by.personId,
      organization_id: by.organizationId,
      begun_at: by.now,
      ended_at: by.now,
      name: null,
    })
    .execute();
}

async function findLatest(trx: Db | Trx, { courseId, lessonId }: State) {
  const row = await trx
    .selectFrom('course_revision')
    .select(['id', 'content', 'person_id', 'organization_id', 'begun_at', 'name'])
    .where('course_id', '=', courseId)
    .where('lesson_id', lessonId === null ? 'is' : '=', lessonId)
    .orderBy('ended_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id,
    content: row.content,
    personId: row.person_id,
    organizationId: row.organization_id,
    begunAt: row.begun_at,
    named: row.name !== null,
  };
}

async function readLesson(trx: Db | Trx, lessonId: string): Promise<State | undefined> {
  const row = await trx
    .selectFrom('lesson')
    .selectAll()
    .where('id', '=', lessonId)
    .executeTakeFirst();
  if (!row) return undefined;
  const content: LessonContent = {
    title: row.title,
    kind: row.kind,
    mediaId: row.media_id,
    articleHtml: row.article_html,
    authorId: row.author_id,
    producerOrganizationId: row.producer_organization_id,
    ...(row.planned_minutes !== null && { plannedMinutes: row.planned_minutes }),
  };
  return {
    courseId: row.course_id,
    lessonId,
    content: JSON.stringify(content),
    origin: {
      personId: row.updated_by,
      organizationId: row.producer_organization_id,
      now: row.updated_at,
    },
  };
}

async function readOutline(trx: Db | Trx, courseId: string): Promise<State | undefined> {
  const course = await trx
    .selectFrom('course')
    .selectAll()
    .where('id', '=', courseId)
    .executeTakeFirst();
  if (!course) return undefined;
  const rows = await trx
    .selectFrom('chapter')
    .leftJoin('lesson', (join) =>
      join.onRef('lesson.chapter_id', '=', 'chapter.id').on('lesson.removed_at', 'is', null),
    )
    .select([
      'chapter.id',
      'chapter.title',
      'chapter.producer_organization_id',
      'lesson.id as lesson_id',
    ])
    .where('chapter.course_id', '=', courseId)
    .where('chapter.removed_at', 'is', null)
    .orderBy('chapter.position')
    .orderBy('chapter.id')
    .orderBy('lesson.position')
    .orderBy('lesson.id')
    .execute();
  const chapters = new Map<string, OutlineContent['chapters'][number]>();
  for (const { id, title, producer_organization_id, lesson_id } of rows) {
    const chapter = chapters.get(id) ?? {
      ...{ id, title, lessonIds: [] },
      producerOrganizationId: producer_organization_id,
    };
    if (lesson_id !== null) chapter.lessonIds.push(lesson_id);
    chapters.set(id, chapter);
  }
  const { title, occupation, level, summary, cover } = course;
  const settings = { title, occupation, level, summary, cover } as CourseSettings;
  const content: OutlineContent = { settings, chapters: [...chapters.values()] };
  return {
    courseId,
    lessonId: null,
    content: JSON.stringify(content),
    origin: {
      personId: course.changed_by ?? course.created_by,
      organizationId: course.lead_organization_id,
      now: course.changed_at ?? course.created_at,
    },
  };
}
