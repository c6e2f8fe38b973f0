import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { STORY_BEGINS as now } from '~db/testing-cast';
import { Forbidden, NotFound } from '../shared/errors';
import { addChapter } from './add-chapter.server';
import { addLesson } from './add-lesson.server';
import { attachMedia } from './attach-media.server';
import { getCourseDraft } from './course-draft.server';
import { getCourseOutline, getVersionLesson, listVersionLessons } from './course-outline.server';
import { judgeDraft } from './publication-state.server';
import {
  countPublishedCourses,
  listCatalogFilters,
  listCourseVersions,
  listPublishedCourses,
} from './published-courses.server';
import { removeLesson } from './remove-lesson.server';
import { saveCourseSettings } from './save-course-settings.server';
import { replaceLessonText } from '../lesson-texts/replace-lesson-text.server';
import { saveLesson } from './save-lesson.server';
import {
  addOpenChapter,
  dieselSettings,
  makeCourseCast,
  makeDraftCourse,
  makeMedia,
  publishSigned,
  type CourseCast,
} from './testing-courses';

let client: DatabaseClient;
let cast: CourseCast;
beforeAll(async () => {
  client = await openTestDatabase();
  cast = await makeCourseCast(client.db);
});
afterAll(() => client.close());

async function makeReadyCourse() {
  const { db } = client;
  const courseId = await makeDraftCourse(db, cast);
  const { chapterId } = await addOpenChapter(db, cast.wang, { courseId, title: '安全与量具', now });
  const empty = await addChapter(db, cast.wang, { courseId, title: '还没写的一章', now });
  const add = async (title: string, kind: 'video' | 'article', by = cast.wang) =>
    (await addLesson(db, by, { courseId, lesson: { chapterId, title, kind }, now })).lessonId;
  const video = await add('曲轴的结构', 'video', cast.zhou);
  const article = await add('量具保养卡', 'article');
  const mediaId = await makeMedia(db, {
    courseId,
    organizationId: cast.enterprise,
    personId: cast.zhou.personId,
    durationMs: 312_345,
  });
  await attachMedia(db, cast.zhou, { lessonId: video, mediaId, version: 1, now });
  await replaceLessonText(db, cast.wang, { lessonId: article, html: '<p>擦净</p>', now });
  return { courseId, chapterId, emptyChapterId: empty.chapterId, video, article, mediaId };
}

const snapshot = async (courseVersionId: string) => ({
  outline: await getCourseOutline(client.db, courseVersionId),
  lessons: await listVersionLessons(client.db, courseVersionId),
});

describe('publication', () => {
  test('is refused with every reason while something is missing', async () => {
    const { db } = client;
    const courseId = await makeDraftCourse(db, cast);
    const reasons = async () =>
      (await judgeDraft(db, await getCourseDraft(db, courseId))).obstacles;
    expect(await reasons()).toEqual([{ kind: 'no-lesson' }]);
    const { chapterId } = await addChapter(db, cast.wang, { courseId, title: '一', now });
    const add = async (title: string, kind: 'video' | 'article') =>
      (await addLesson(db, cast.wang, { courseId, lesson: { chapterId, title, kind }, now }))
        .lessonId;
    const bare = await add('没有视频', 'video');
    const converting = await add('还在转', 'video');
    const blank = await add('空文章', 'article');
    const media = { courseId, organizationId: cast.college, personId: cast.wang.personId };
    const mediaId = await makeMedia(db, { ...media, state: 'converting' });
    await attachMedia(db, cast.wang, { lessonId: converting, mediaId, version: 1, now });
    const expected = [
      { kind: 'no-video', lessonId: bare, title: '没有视频' },
      { kind: 'video-not-playable', lessonId: converting, title: '还在转', state: 'converting' },
      { kind: 'no-text', lessonId: blank, title: '空文章' },
    ];
    expect(await reasons()).toEqual(expected);
    await expect(
      publishSigned(db, cast.wang, [cast.wang, cast.zhou], { courseId, now }),
    ).rejects.toMatchObject({
      type: 'not-publishable',
      status: 409,
      obstacles: expected,
    });
    expect(await listCourseVersions(db, courseId)).toEqual([]);
  });

  test('keeps chapters, lessons, texts, lengths and producers as they are, without empty chapters', async () => {
    const { db } = client;
    const course = await makeReadyCourse();
    const published = await publishSigned(db, cast.zhou, [cast.wang, cast.zhou], {
      courseId: course.courseId,
      now,
    });
    expect(published.number).toBe(1);
    const outline = await getCourseOutline(db, published.courseVersionId);
    expect(outline).toMatchObject({
      courseId: course.courseId,
      number: 1,
      publishedAt: now,
      publishedBy: cast.zhou.personId,
      settings: dieselSettings,
    });
    expect(outline.chapters.map((chapter) => chapter.title)).toEqual(['安全与量具']);
    expect(outline.chapters[0]?.lessons).toEqual([
      {
        id: course.video,
        chapterId: course.chapterId,
        position: 1,
        title: '曲轴的结构',
        kind: 'video',
        mediaId: course.mediaId,
        durationMs: 312_345,
        producerOrganizationId: cast.enterprise,
        authorId: cast.zhou.personId,
        plannedMinutes: null,
      },
      {
        id: course.article,
        chapterId: course.chapterId,
        position: 2,
        title: '量具保养卡',
        kind: 'article',
        mediaId: null,
        durationMs: 0,
        producerOrganizationId: cast.college,
        authorId: cast.wang.personId,
        plannedMinutes: null,
      },
    ]);
    const lesson = await getVersionLesson(db, published.courseVersionId, course.article);
    expect(lesson.articleHtml).toBe('<p>擦净</p>');
    await expect(getVersionLesson(db, published.courseVersionId, 'none')).rejects.toBeInstanceOf(
      NotFound,
    );
    await expect(getCourseOutline(db, 'none')).rejects.toBeInstanceOf(NotFound);
    const audit = await db
      .selectFrom('audit_entry')
      .select(['actor_id', 'detail'])
      .where('subject_id', '=', course.courseId)
      .where('action', '=', 'publish-course')
      .execute();
    expect(audit).toHaveLength(1);
    expect(audit[0]?.actor_id).toBe(cast.zhou.personId);
    expect(JSON.parse(audit[0]?.detail ?? '{}')).toMatchObject({ number: 1 });
  });

  test('is for authors only', async () => {
    const { db } = client;
    const { courseId } = await makeReadyCourse();
    for (const reader of [cast.collegeManager, cast.administrator, cast.collegeLearner]) {
      await expect(
        publishSigned(db, reader, [cast.wang, cast.zhou], { courseId, now }),
      ).rejects.toBeInstanceOf(Forbidden);
    }
    await expect(
      publishSigned(db, cast.outsider, [cast.wang, cast.zhou], { courseId, now }),
    ).rejects.toBeInstanceOf(NotFound);
  });

  test('again without a change is refused, and a published version never changes', async () => {
    const { db } = client;
    const { courseId, article, video } = await makeReadyCourse();
    const first = await publishSigned(db, cast.wang, [cast.wang, cast.zhou], { courseId, now });
    const before = await snapshot(first.courseVersionId);
    await expect(
      publishSigned(db, cast.wang, [cast.wang, cast.zhou], { courseId, now }),
    ).rejects.toMatchObject({
      obstacles: [{ kind: 'unchanged', number: 1 }],
    });

    const fields = { title: '保养卡', authorId: cast.zhou.personId };
    await saveLesson(db, cast.wang, { courseId, lessonId: article, version: 1, fields, now });
    await replaceLessonText(db, cast.zhou, { lessonId: article, html: '<p>上油</p>', now });
    const settings = { ...dieselSettings, title: '柴油机装配与调试' };
    await saveCourseSettings(db, cast.wang, { courseId, version: 1, settings, now });
    await removeLesson(db, cast.wang, { courseId, version: 2, lessonId: video, now });
    expect((await judgeDraft(db, await getCourseDraft(db, courseId))).changes).toEqual([
      { kind: 'settings', fields: ['title'] },
      { kind: 'lesson-renamed', title: '保养卡', was: '量具保养卡' },
      { kind: 'text-changed', title: '保养卡' },
      { kind: 'credits-changed', title: '保养卡' },
      { kind: 'lesson-removed', title: '曲轴的结构' },
    ]);
    const second = await publishSigned(db, cast.zhou, [cast.wang, cast.zhou], {
      courseId,
      now: now + 1,
    });
    expect(second.number).toBe(2);
    expect(await snapshot(first.courseVersionId)).toEqual(before);
    expect((await listCourseVersions(db, courseId)).map((v) => [v.number, v.publishedBy])).toEqual([
      [2, '周建国'],
      [1, '王敏'],
    ]);
  });

  test('by two authors at once makes one version', async () => {
    const { db } = client;
    const { courseId } = await makeReadyCourse();
    const results = await Promise.allSettled(
      [cast.wang, cast.zhou].map((author) =>
        publishSigned(db, author, [cast.wang, cast.zhou], { courseId, now }),
      ),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await listCourseVersions(db, courseId)).toHaveLength(1);
  });

  test('no code changes or deletes a version', () => {
    const root = fileURLToPath(new URL('../../../', import.meta.url));
    const files = ['app', 'db', 'scripts'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter(
          (name) => /\.(ts|tsx|mjs)$/.test(name) && !/(\.test\.tsx?$|(^|\/)testing-)/.test(name),
        )
        .map((name) => join(root, folder, name)),
    );
    expect(files.length).toBeGreaterThan(100);
    const writes =
      /(updateTable|deleteFrom)\(\s*['"`]course_version|(update|delete\s+from)\s+"?course_version/i;
    const offenders = files.filter((file) => writes.test(readFileSync(file, 'utf8')));
    expect(offenders).toEqual([]);
  });
});

describe('published courses', () => {
  test('are found by words, occupation, level and organization, the newest version of each once', async () => {
    const { db } = client;
    const { courseId, article } = await makeReadyCourse();
    const settings = {
      ...dieselSettings,
      title: 'PLC 梯形图入门',
      occupation: '电工',
      level: 'junior' as const,
    };
    await saveCourseSettings(db, cast.wang, { courseId, version: 1, settings, now });
    await publishSigned(db, cast.wang, [cast.wang, cast.zhou], { courseId, now: now + 10 });
    const fields = { title: '千分尺 100%', authorId: cast.wang.personId };
    await saveLesson(db, cast.wang, { courseId, lessonId: article, version: 1, fields, now });
    const newest = await publishSigned(db, cast.wang, [cast.wang, cast.zhou], {
      courseId,
      now: now + 20,
    });

    const all = await listPublishedCourses(db);
    const mine = all.filter((course) => course.courseId === courseId);
    expect(mine).toEqual([
      {
        courseId,
        courseVersionId: newest.courseVersionId,
        number: 2,
        publishedAt: now + 20,
        ...settings,
        organizations: [
          { id: cast.college, name: '鸢都技师学院', mark: '鸢', kind: 'technicianCollege' },
          { id: cast.enterprise, name: '海岱动力集团', mark: '海', kind: 'enterprise' },
        ],
        lessonCount: 2,
        durationMs: 312_345,
      },
    ]);
    const found = async (filter: Parameters<typeof listPublishedCourses>[1]) => {
      const courses = await listPublishedCourses(db, filter);
      expect(await countPublishedCourses(db, filter)).toBe(courses.length);
      return courses.some((course) => course.courseId === courseId);
    };
    expect(await found({ q: 'plc 千分尺' })).toBe(true);
    expect(await found({ q: '量具保养卡 PLC' })).toBe(false);
    expect(await found({ q: '100% plc' })).toBe(true);
    expect(await found({ q: '没有这个词' })).toBe(false);
    expect(await found({ occupation: '电工', level: 'junior' })).toBe(true);
    expect(await found({ occupation: '焊工' })).toBe(false);
    expect(await found({ organizationId: cast.enterprise })).toBe(true);
    expect(await found({ organizationId: cast.stranger })).toBe(false);
    const [one] = await listPublishedCourses(db, {}, { limit: 1, offset: 0 });
    const [two] = await listPublishedCourses(db, {}, { limit: 1, offset: 1 });
    expect(one?.courseId).toBe(courseId);
    expect(two?.courseId).not.toBe(courseId);
    const filters = await listCatalogFilters(db);
    expect(filters.occupations).toEqual(['柴油机装调工', '电工']);
    expect(filters.levels.sort()).toEqual(['intermediate', 'junior']);
    expect(filters.organizations.map((o) => o.id).sort()).toEqual(
      [cast.college, cast.enterprise].sort(),
    );
  });
});
