import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { STORY_BEGINS as now } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { endPartnership } from '../co-authoring/end-partnership.server';
import { openChapter } from '../co-authoring/open-chapter.server';
import { releaseAuthor } from '../co-authoring/release-author.server';
import { beginThread } from '../comments/begin-thread.server';
import { listThreads } from '../comments/list-threads.server';
import { removeComment } from '../comments/remove-comment.server';
import { replyToThread } from '../comments/reply-to-thread.server';
import { resolveThread } from '../comments/resolve-thread.server';
import { addChapter } from '../courses/add-chapter.server';
import { addLesson } from '../courses/add-lesson.server';
import { getCourseDraft } from '../courses/course-draft.server';
import { removeChapter } from '../courses/remove-chapter.server';
import { removeLesson } from '../courses/remove-lesson.server';
import { saveChapter } from '../courses/save-chapter.server';
import { saveCourseSettings } from '../courses/save-course-settings.server';
import { saveLesson } from '../courses/save-lesson.server';
import {
  dieselSettings,
  makeCourseCast,
  makeDraftCourse,
  stepAlong,
  type CourseCast,
} from '../courses/testing-courses';
import { replaceLessonText } from '../lesson-texts/replace-lesson-text.server';
import { listRevisions } from '../revisions/list-revisions.server';
import { restoreCourse } from '../revisions/restore-course.server';
import { requestPublication } from '../sign-offs/request-publication.server';
import { getDraftMarks, readDraftMarks } from './draft-marks.server';

let client: DatabaseClient;
let cast: CourseCast;
let courseId: string;
let otherId: string;
beforeAll(async () => {
  client = await openTestDatabase();
  cast = await makeCourseCast(client.db);
  courseId = await makeDraftCourse(client.db, cast);
  otherId = await makeDraftCourse(client.db, cast, false);
});
afterAll(() => client.close());

const marks = () => getDraftMarks(client.db, courseId);
const draft = () => getCourseDraft(client.db, courseId);
const chapter = async (at: number) => (await draft()).chapters[at]!;
const lesson = async (at: number) => (await chapter(0)).lessons[at]!;
const threads = async () => listThreads(client.db, cast.wang, (await lesson(0)).id);
const say = async (body: string) =>
  beginThread(client.db, cast.zhou, {
    lessonId: (await lesson(0)).id,
    thread: { anchor: { kind: 'lesson' }, body, mentions: [] },
    now,
  });

test('whatever is done to a course changes the mark of what it touches, and of nothing else', async () => {
  const { db } = client;
  const { wang, zhou } = cast;
  const add = async (title: string) =>
    addLesson(db, wang, {
      courseId,
      lesson: { chapterId: (await chapter(0)).id, title, kind: 'article' },
      now,
    });
  const outline: Record<string, () => Promise<unknown>> = {
    'a chapter is added': () => addChapter(db, wang, { courseId, title: '曲轴', now }),
    'another chapter is added': () => addChapter(db, wang, { courseId, title: '试机', now }),
    'a lesson is added': () => add('间隙'),
    'another lesson is added': () => add('结构'),
    'a chapter is renamed': async () => {
      const { id: chapterId, version, producerOrganizationId } = await chapter(0);
      const fields = { title: '曲轴与轴承', producerOrganizationId };
      return saveChapter(db, wang, { courseId, chapterId, version, fields, now });
    },
    'a lesson is renamed': async () => {
      const { id: lessonId, version, authorId } = await lesson(0);
      const fields = { title: '主轴承间隙', authorId };
      return saveLesson(db, wang, { courseId, lessonId, version, fields, now });
    },
    'a lesson is moved': async () =>
      stepAlong(db, wang, { courseId, id: (await lesson(0)).id, to: 'down', now }),
    'a chapter is moved': async () =>
      stepAlong(db, wang, { courseId, id: (await chapter(1)).id, to: 'up', now }),
    'and back': async () =>
      stepAlong(db, wang, { courseId, id: (await chapter(1)).id, to: 'up', now }),
    'a chapter is opened': async () =>
      openChapter(db, wang, { courseId, chapterId: (await chapter(0)).id, open: true, now }),
    'a lesson is removed': async () =>
      removeLesson(db, wang, {
        ...{ courseId, version: (await draft()).version, now },
        lessonId: (await lesson(1)).id,
      }),
    'a chapter is removed': async () =>
      removeChapter(db, wang, {
        ...{ courseId, version: (await draft()).version, now },
        chapterId: (await chapter(1)).id,
      }),
    'the settings are saved': async () =>
      saveCourseSettings(db, wang, {
        ...{ courseId, version: (await draft()).version, now },
        settings: { ...dieselSettings, summary: '从安全到试机。' },
      }),
    'the course is restored': async () => {
      const { rows } = await listRevisions(db, wang, { courseId, limit: 99, offset: 0 });
      const revisionId = rows.at(-1)!.id;
      const { version } = await draft();
      return restoreCourse(db, wang, { courseId, revisionId, version, now: now + 1 });
    },
  };
  const comments: Record<string, () => Promise<unknown>> = {
    'something is said': () => say('讲得清楚。'),
    'somebody replies': async () => {
      const [thread] = (await threads()).threads;
      const reply = { body: '谢谢。', mentions: [] };
      return replyToThread(db, wang, { threadId: thread!.id, reply, now });
    },
    'it is resolved': async () => {
      const [thread] = (await threads()).threads;
      return resolveThread(db, wang, { threadId: thread!.id, resolved: true, now });
    },
    'a comment is taken back': async () => {
      const [thread] = (await threads()).threads;
      return removeComment(db, zhou, { commentId: thread!.comments[0]!.id, now });
    },
  };
  const told: string[] = [];
  const run = async (
    part: 'outline' | 'comments',
    what: Record<string, () => Promise<unknown>>,
  ) => {
    for (const [name, act] of Object.entries(what)) {
      const [before, other] = [await marks(), await getDraftMarks(db, otherId)];
      await act();
      const after = await marks();
      const rest = part === 'outline' ? 'comments' : 'outline';
      if (before[part] === after[part]) told.push(`${name}: not seen`);
      if (before[rest] !== after[rest]) told.push(`${name}: seen in ${rest}`);
      expect(await getDraftMarks(db, otherId)).toEqual(other);
    }
  };
  await run('outline', outline);
  if ((await chapter(0)).lessons.length === 0) await add('间隙');
  await run('comments', comments);
  await replaceLessonText(db, wang, { lessonId: (await lesson(0)).id, html: '<p>间隙</p>', now });
  await run('outline', {
    'a candidate is frozen': () =>
      requestPublication(db, wang, { courseId, note: '先用起来', now }),
    'an author is released': () =>
      releaseAuthor(db, cast.enterpriseManager, {
        ...{ courseId, now, organizationId: cast.enterprise, personId: zhou.personId },
      }),
    'a partner leaves': () =>
      endPartnership(db, cast.enterpriseManager, {
        ...{ courseId, now, organizationId: cast.enterprise },
      }),
  });
  expect(told).toEqual([]);
});

test('writing a text changes no mark: it has a line of its own', async () => {
  const lessonId = (await lesson(0)).id;
  const before = await marks();
  await replaceLessonText(client.db, cast.wang, { lessonId, html: '<p>0.04</p>', now });
  expect(await marks()).toEqual(before);
});

test('several courses are read at once, and one that is not there has empty marks', async () => {
  const read = await readDraftMarks(client.db, [courseId, otherId, 'none']);
  expect(read.get(courseId)).toEqual(await marks());
  expect(read.get('none')).toEqual({ outline: '', comments: '' });
  expect(await readDraftMarks(client.db, [])).toEqual(new Map());
});
