import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { STORY_BEGINS as now } from '~db/testing-cast';
import { addChapter } from '../courses/add-chapter.server';
import { addLesson } from '../courses/add-lesson.server';
import { addLessonForVideo } from '../courses/add-lesson-for-video.server';
import { attachMedia } from '../courses/attach-media.server';
import { getCourseDraft } from '../courses/course-draft.server';
import { getLessonDraft } from '../courses/lesson-draft.server';
import { removeChapter } from '../courses/remove-chapter.server';
import { removeLesson } from '../courses/remove-lesson.server';
import { saveChapter } from '../courses/save-chapter.server';
import { saveLesson } from '../courses/save-lesson.server';
import {
  makeCourseCast,
  makeDraftCourse,
  makeMedia,
  stepAlong,
  type CourseCast,
} from '../courses/testing-courses';
import { admitToText } from '../lesson-texts/text-admission.server';
import { replaceLessonText } from '../lesson-texts/replace-lesson-text.server';
import { saveCaptions } from '../media/save-captions.server';
import { saveSections } from '../media/save-sections.server';
import { startUpload } from '../media/start-upload.server';
import { listRevisions } from '../revisions/list-revisions.server';
import { restoreLesson } from '../revisions/restore-lesson.server';
import { Forbidden, NotFound } from '../shared/errors';
import type { Actor } from './course-reach.server';
import { openChapter } from './open-chapter.server';

let client: DatabaseClient;
let cast: CourseCast;
beforeAll(async () => {
  client = await openTestDatabase();
  cast = await makeCourseCast(client.db);
});
afterAll(() => client.close());

/** A chapter of the college with a film and an article, and a chapter of the enterprise. */
async function makeCourse() {
  const { db } = client;
  const courseId = await makeDraftCourse(db, cast);
  const { chapterId } = await addChapter(db, cast.wang, { courseId, title: '安全', now });
  const { chapterId: theirs } = await addChapter(db, cast.zhou, { courseId, title: '吊装', now });
  const add = async (title: string, kind: 'video' | 'article') =>
    (await addLesson(db, cast.wang, { courseId, lesson: { chapterId, title, kind }, now }))
      .lessonId;
  const [film, empty, text] = [
    await add('拆装', 'video'),
    await add('待拍', 'video'),
    await add('量具', 'article'),
  ];
  const mine = { courseId, organizationId: cast.college, personId: cast.wang.personId };
  const mediaId = await makeMedia(db, mine);
  await attachMedia(db, cast.wang, { lessonId: film, mediaId, replaces: null, now });
  const spare = await makeMedia(db, mine);
  await replaceLessonText(db, cast.wang, { lessonId: text, html: '<p>一</p>', now });
  const { rows } = await listRevisions(db, cast.wang, {
    ...{ courseId, lessonId: text },
    ...{ limit: 1, offset: 0 },
  });
  const version = async () => (await getCourseDraft(db, courseId)).version;
  return {
    ...{ courseId, chapterId, theirs, film, empty, text, mediaId, spare, version },
    revisionId: rows[0]!.id,
  };
}

type Course = Awaited<ReturnType<typeof makeCourse>>;

/** Every write on what the college made, by somebody; those on the last lines change what the first ones need. */
function writes(course: Course, by: Actor): Record<string, () => Promise<unknown>> {
  const { db } = client;
  const { courseId, chapterId, theirs, film, empty, text, mediaId, spare, revisionId } = course;
  const at = async () => ({ courseId, version: await course.version(), now });
  const lesson = { chapterId, title: '加的', kind: 'article' as const };
  return {
    'adding a lesson': () => addLesson(db, by, { courseId, lesson, now }),
    'adding a lesson for a film': () =>
      addLessonForVideo(db, by, { courseId, afterLessonId: film, mediaId: spare, now }),
    'renaming a lesson': async () => {
      const { version, authorId } = await getLessonDraft(db, courseId, text);
      const fields = { title: '量具卡', authorId };
      await saveLesson(db, by, { courseId, lessonId: text, version, fields, now });
    },
    'writing a text': () => replaceLessonText(db, by, { lessonId: text, html: '<p>二</p>', now }),
    'another film': () =>
      attachMedia(db, by, { lessonId: film, mediaId: spare, replaces: mediaId, now }),
    'the first film again': () =>
      attachMedia(db, by, { lessonId: film, mediaId, replaces: spare, now }),
    'an upload into a lesson': () =>
      startUpload(db, by, { courseId, filename: 'a.mp4', bytes: 9, lessonId: empty, now }),
    captions: () => {
      const cues = [{ fromMs: 0, toMs: 900, text: '断电' }];
      return saveCaptions(db, by, { mediaId, language: 'zh', cues, now });
    },
    sections: () => saveSections(db, by, { mediaId, text: '0:00 准备', version: 0, now }),
    'restoring a lesson': () => restoreLesson(db, by, { courseId, revisionId, now }),
    'renaming the chapter': async () => {
      const { chapters } = await getCourseDraft(db, courseId);
      const { version, producerOrganizationId } = chapters.find((one) => one.id === chapterId)!;
      const fields = { title: '安全第一', producerOrganizationId };
      await saveChapter(db, by, { courseId, chapterId, version, fields, now });
    },
    'moving a lesson': async () => stepAlong(db, by, { courseId, id: text, to: 'up', now }),
    'moving the chapter': async () =>
      stepAlong(db, by, { courseId, id: chapterId, to: 'down', now }),
    'removing a lesson': async () => removeLesson(db, by, { ...(await at()), lessonId: empty }),
    'taking a lesson into their own chapter': async () =>
      stepAlong(db, by, { courseId, id: text, to: { chapterId: theirs }, now }),
    'removing the chapter': async () => removeChapter(db, by, { ...(await at()), chapterId }),
  };
}

describe('a chapter and what is in it', () => {
  test('is changed by its producer’s authors, and by nobody of a partner in any way', async () => {
    const course = await makeCourse();
    const before = await getCourseDraft(client.db, course.courseId);
    for (const [what, write] of Object.entries(writes(course, cast.zhou))) {
      await expect(write(), what).rejects.toBeInstanceOf(Forbidden);
    }
    for (const [what, write] of Object.entries(writes(course, cast.outsider))) {
      await expect(write(), what).rejects.toBeInstanceOf(NotFound);
    }
    expect(await getCourseDraft(client.db, course.courseId)).toEqual(before);
    const { writesFor, writer } = await admitToText(client.db, cast.zhou, course.text);
    expect([writesFor, writer.organization, writer.writes]).toEqual([
      undefined,
      '海岱动力集团',
      false,
    ]);
    const own = { ...writes(course, cast.wang) };
    // The other chapter is the enterprise's.
    delete own['taking a lesson into their own chapter'];
    for (const [what, write] of Object.entries(own)) {
      await expect(write(), what).resolves.not.toThrow();
    }
  });

  test('that its producer opened is changed by partners in every way, until it is closed again', async () => {
    const { db } = client;
    const course = await makeCourse();
    const { courseId, chapterId } = course;
    const opening = { courseId, chapterId, open: true, now };
    for (const partner of [cast.zhou, cast.collegeManager, cast.administrator]) {
      await expect(openChapter(db, partner, opening)).rejects.toBeInstanceOf(Forbidden);
    }
    await expect(openChapter(db, cast.outsider, opening)).rejects.toBeInstanceOf(NotFound);
    await openChapter(db, cast.wang, opening);
    await openChapter(db, cast.wang, opening);
    await expect(openChapter(db, cast.zhou, { ...opening, open: false })).rejects.toBeInstanceOf(
      Forbidden,
    );
    expect((await admitToText(db, cast.zhou, course.text)).writesFor).toBe(cast.enterprise);
    const all = Object.entries(writes(course, cast.zhou));
    for (const [what, write] of all.slice(0, 8)) {
      await expect(write(), what).resolves.not.toThrow();
    }
    await openChapter(db, cast.wang, { ...opening, open: false });
    for (const [what, write] of all) {
      await expect(write(), what).rejects.toBeInstanceOf(Forbidden);
    }
    await openChapter(db, cast.wang, opening);
    for (const [what, write] of all.slice(8)) {
      await expect(write(), what).resolves.not.toThrow();
    }
    const trail = await db
      .selectFrom('audit_entry')
      .select(['action', 'organization_id', 'actor_id'])
      .where('subject_id', '=', courseId)
      .where('action', 'in', ['open-chapter', 'close-chapter'])
      .orderBy('id')
      .execute();
    expect(trail.map((row) => row.action)).toEqual([
      'open-chapter',
      'close-chapter',
      'open-chapter',
    ]);
    expect(trail[0]).toMatchObject({ organization_id: cast.college, actor_id: cast.wang.personId });
  });

  test('a partner’s own lesson in it stays theirs when the chapter is closed, its place and the chapter do not', async () => {
    const { db } = client;
    const { courseId, chapterId, theirs, text } = await makeCourse();
    const opening = { courseId, chapterId, now };
    await openChapter(db, cast.wang, { ...opening, open: true });
    const lesson = { chapterId, title: '吊具', kind: 'article' as const };
    const { lessonId } = await addLesson(db, cast.zhou, { courseId, lesson, now });
    await openChapter(db, cast.wang, { ...opening, open: false });
    const write = (by: Actor) => replaceLessonText(db, by, { lessonId, html: '<p>吊</p>', now });
    await write(cast.zhou);
    await expect(write(cast.wang)).rejects.toBeInstanceOf(Forbidden);
    const at = async () => ({
      courseId,
      version: (await getCourseDraft(db, courseId)).version,
      now,
    });
    await expect(
      stepAlong(db, cast.zhou, { courseId, id: lessonId, to: 'up', now }),
    ).rejects.toBeInstanceOf(Forbidden);
    await expect(
      removeChapter(db, cast.wang, { ...(await at()), chapterId }),
    ).rejects.toBeInstanceOf(Forbidden);
    await stepAlong(db, cast.wang, { courseId, id: text, to: 'down', now });
    await stepAlong(db, cast.zhou, { courseId, id: lessonId, to: { chapterId: theirs }, now });
    await removeChapter(db, cast.wang, { ...(await at()), chapterId });
  });

  test('is given to another organization only by its producer, and a lesson with its author too', async () => {
    const { db } = client;
    const { courseId, chapterId, text } = await makeCourse();
    await openChapter(db, cast.wang, { courseId, chapterId, open: true, now });
    const fields = { title: '安全', producerOrganizationId: cast.enterprise };
    const take = { courseId, chapterId, version: 1, fields, now };
    await expect(saveChapter(db, cast.zhou, take)).rejects.toBeInstanceOf(Forbidden);
    const { version } = await getLessonDraft(db, courseId, text);
    const claim = { title: '量具', authorId: cast.zhou.personId };
    const lesson = { courseId, lessonId: text, version, fields: claim, now };
    await expect(saveLesson(db, cast.zhou, lesson)).rejects.toBeInstanceOf(Forbidden);
    await saveLesson(db, cast.wang, lesson);
    await saveChapter(db, cast.wang, take);
    await expect(
      openChapter(db, cast.wang, { courseId, chapterId, open: false, now }),
    ).rejects.toBeInstanceOf(Forbidden);
    await openChapter(db, cast.zhou, { courseId, chapterId, open: false, now });
  });
});
