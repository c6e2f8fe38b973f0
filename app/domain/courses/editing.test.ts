import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { STORY_BEGINS as now } from '~db/testing-cast';
import { nameAuthor } from '../co-authoring/name-author.server';
import type { Viewer } from '../accounts/viewer.server';
import { Forbidden, Invalid, NotFound } from '../shared/errors';
import { addLesson } from './add-lesson.server';
import { attachMedia } from './attach-media.server';
import { getCourseDraft } from './course-draft.server';
import { createCourse } from './create-course.server';
import { getLessonDraft } from './lesson-draft.server';
import { moveChapter } from './move-chapter.server';
import { moveLesson } from './move-lesson.server';
import { removeChapter } from './remove-chapter.server';
import { removeLesson } from './remove-lesson.server';
import { saveChapter } from './save-chapter.server';
import { saveCourseSettings } from './save-course-settings.server';
import { saveLesson } from './save-lesson.server';
import { StaleSave } from './stale-save';
import {
  addOpenChapter,
  dieselSettings,
  makeCourseCast,
  makeDraftCourse,
  makeMedia,
  stepAlong,
  type CourseCast,
} from './testing-courses';

let client: DatabaseClient;
let cast: CourseCast;
beforeAll(async () => {
  client = await openTestDatabase();
  cast = await makeCourseCast(client.db);
});
afterAll(() => client.close());

async function makeStructure() {
  const { db } = client;
  const courseId = await makeDraftCourse(db, cast);
  const open = async (by: typeof cast.wang, title: string) =>
    (await addOpenChapter(db, by, { courseId, title, now })).chapterId;
  const safety = await open(cast.wang, '安全与量具');
  const crank = await open(cast.zhou, '曲轴与轴承');
  const add = async (chapterId: string, title: string, kind: 'video' | 'article' = 'video') =>
    (await addLesson(db, cast.wang, { courseId, lesson: { chapterId, title, kind }, now }))
      .lessonId;
  return {
    courseId,
    safety,
    crank,
    rules: await add(safety, '车间安全五条'),
    micrometer: await add(safety, '外径千分尺怎么读'),
    card: await add(safety, '量具保养卡', 'article'),
    shaft: await add(crank, '曲轴的结构'),
  };
}

async function titles(courseId: string): Promise<[string, string[]][]> {
  const draft = await getCourseDraft(client.db, courseId);
  return draft.chapters.map((c) => [c.title, c.lessons.map((lesson) => lesson.title)]);
}

const caught = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a new course', () => {
  test('is started by an instructor, who becomes its first author', async () => {
    const { db } = client;
    const input = { organizationId: cast.college, ...dieselSettings };
    await expect(createCourse(db, cast.collegeLearner, input, now)).rejects.toBeInstanceOf(
      Forbidden,
    );
    await expect(createCourse(db, cast.outsider, input, now)).rejects.toBeInstanceOf(NotFound);
    const { courseId } = await createCourse(db, cast.wang, input, now);
    expect(await getCourseDraft(db, courseId)).toEqual({
      id: courseId,
      settings: dieselSettings,
      leadOrganizationId: cast.college,
      version: 1,
      chapters: [],
    });
    await saveCourseSettings(db, cast.wang, {
      courseId,
      version: 1,
      settings: dieselSettings,
      now,
    });
  });
});

describe('settings', () => {
  test('saved by two authors at once: the second is refused and sees what the first saved', async () => {
    const { db } = client;
    const courseId = await makeDraftCourse(db, cast);
    const { college: organizationId, otherInstructor } = cast;
    const { personId } = otherInstructor;
    await nameAuthor(db, cast.collegeManager, { courseId, organizationId, personId, now });
    const first = { ...dieselSettings, title: '柴油机装配' };
    const second = { ...dieselSettings, title: '柴油机调试' };
    const saved = await saveCourseSettings(db, cast.wang, {
      courseId,
      version: 1,
      settings: first,
      now: now + 5,
    });
    expect(saved).toEqual({ version: 2 });
    const error = await caught(
      saveCourseSettings(db, otherInstructor, {
        courseId,
        version: 1,
        settings: second,
        now: now + 9,
      }),
    );
    expect(error).toBeInstanceOf(StaleSave);
    expect(error).toMatchObject({
      status: 409,
      current: { title: '柴油机装配', version: 2 },
      changedBy: '王敏',
      changedAt: now + 5,
    });
    expect((await getCourseDraft(db, courseId)).settings.title).toBe('柴油机装配');
    await saveCourseSettings(db, otherInstructor, { courseId, version: 2, settings: second, now });
    expect((await getCourseDraft(db, courseId)).settings.title).toBe('柴油机调试');
  });

  test('are closed to partners, to those who only read, and to outsiders', async () => {
    const { db } = client;
    const courseId = await makeDraftCourse(db, cast);
    const input = { courseId, version: 1, settings: dieselSettings, now };
    const { collegeManager, administrator, otherInstructor, zhou } = cast;
    for (const reader of [collegeManager, administrator, otherInstructor, zhou]) {
      await expect(saveCourseSettings(db, reader, input)).rejects.toBeInstanceOf(Forbidden);
    }
    await expect(saveCourseSettings(db, cast.outsider, input)).rejects.toBeInstanceOf(NotFound);
  });
});

describe('chapters and lessons', () => {
  test('stand in the order they were added, with producer and author of whoever added them', async () => {
    const course = await makeStructure();
    expect(await titles(course.courseId)).toEqual([
      ['安全与量具', ['车间安全五条', '外径千分尺怎么读', '量具保养卡']],
      ['曲轴与轴承', ['曲轴的结构']],
    ]);
    const draft = await getCourseDraft(client.db, course.courseId);
    expect(draft.chapters.map((c) => c.producerOrganizationId)).toEqual([
      cast.college,
      cast.enterprise,
    ]);
    expect(draft.chapters[1]?.lessons[0]).toMatchObject({
      producerOrganizationId: cast.college,
      authorId: cast.wang.personId,
      mediaId: null,
      version: 1,
    });
  });

  test('move up, down and to another chapter', async () => {
    const { db } = client;
    const course = await makeStructure();
    const { courseId, micrometer, card, crank } = course;
    const step = (by: Viewer, id: string, to: 'up' | 'down' | { chapterId: string }) =>
      stepAlong(db, by, { courseId, id, to, now });
    await step(cast.wang, micrometer, 'up');
    await step(cast.zhou, card, { chapterId: crank });
    await step(cast.wang, crank, 'up');
    expect(await titles(course.courseId)).toEqual([
      ['曲轴与轴承', ['曲轴的结构', '量具保养卡']],
      ['安全与量具', ['外径千分尺怎么读', '车间安全五条']],
    ]);
  });

  test('that were removed or moved to elsewhere meanwhile stay as they are', async () => {
    const { db } = client;
    const { courseId, rules, micrometer, card, safety, crank } = await makeStructure();
    const move = (by: Viewer, lessonId: string, after: string | null, placeVersion = 1) => {
      const place = { after, before: null };
      const asked = { courseId, lessonId, chapterId: safety, place, placeVersion, now: now + 5 };
      return moveLesson(db, by, asked);
    };
    await move(cast.zhou, rules, micrometer);
    const after = await titles(courseId);
    expect(await caught(move(cast.wang, rules, card))).toMatchObject({
      type: 'stale-save',
      changedBy: '周建国',
      changedAt: now + 5,
      current: {
        ...{ reason: 'moved', title: '车间安全五条', placeVersion: 2 },
        ...{ chapter: '安全与量具', after: '外径千分尺怎么读' },
      },
    });
    // Who wanted the same has what they wanted, and moves nothing.
    expect(await move(cast.wang, rules, micrometer)).toEqual({ placeVersion: 2 });
    expect(await titles(courseId)).toEqual(after);
    const gone = { courseId, version: 1, now: now + 9 };
    await stepAlong(db, cast.zhou, { courseId, id: card, to: { chapterId: crank }, now: now + 7 });
    expect(await caught(move(cast.wang, micrometer, card))).toMatchObject({
      changedBy: '周建国',
      changedAt: now + 7,
      current: { reason: 'gone', title: '外径千分尺怎么读' },
    });
    await removeLesson(db, cast.zhou, { ...gone, lessonId: micrometer });
    expect(await caught(move(cast.wang, micrometer, null))).toMatchObject({
      changedBy: '周建国',
      current: { reason: 'removed' },
    });
    await removeChapter(db, cast.zhou, { ...gone, version: 2, chapterId: safety });
    const chapter = { courseId, place: { after: safety, before: null }, placeVersion: 1, now };
    expect(
      await caught(moveChapter(db, cast.wang, { ...chapter, chapterId: crank })),
    ).toMatchObject({
      changedBy: '周建国',
      current: { reason: 'gone', title: '曲轴与轴承' },
    });
    expect(after).toEqual([
      ['安全与量具', ['外径千分尺怎么读', '车间安全五条', '量具保养卡']],
      ['曲轴与轴承', ['曲轴的结构']],
    ]);
    for (const late of [
      () => removeLesson(db, cast.wang, { ...gone, lessonId: rules }),
      () => removeChapter(db, cast.wang, { ...gone, chapterId: crank }),
    ]) {
      expect(await caught(late())).toMatchObject({ type: 'stale-save', changedBy: '周建国' });
    }
  });

  test('whatever two people move at once from what each has seen, none is lost or doubled, and each stands where it was put', async () => {
    const { db } = client;
    const moves = fc.array(
      fc.record({
        by: fc.constantFrom(0, 1),
        look: fc.boolean(),
        lesson: fc.nat(3),
        chapter: fc.nat(1),
        behind: fc.nat(4),
      }),
      { minLength: 3, maxLength: 14 },
    );
    await fc.assert(
      fc.asyncProperty(moves, async (steps) => {
        const { courseId } = await makeStructure();
        const look = async () => (await getCourseDraft(db, courseId)).chapters;
        const first = await look();
        const all = first.flatMap((one) => one.lessons.map(({ id }) => id)).sort();
        const seen = [first, first];
        for (const step of steps) {
          if (step.look) seen[step.by] = await look();
          const view = seen[step.by]!;
          const lesson = view.flatMap((one) => one.lessons)[step.lesson]!;
          const chapter = view[step.chapter]!;
          const others = chapter.lessons.filter((one) => one.id !== lesson.id);
          const at = step.behind % (others.length + 1);
          const place = { after: others[at - 1]?.id ?? null, before: others[at]?.id ?? null };
          const before = await look();
          const stands = before.flatMap((one) => one.lessons).find(({ id }) => id === lesson.id)!;
          const standing = before.find((one) => one.id === chapter.id)!.lessons;
          const has = (id: string | null) => standing.some((one) => one.id === id);
          const fits = place.after === null || has(place.after) || has(place.before);
          const { placeVersion } = lesson;
          const asked = {
            courseId,
            lessonId: lesson.id,
            chapterId: chapter.id,
            place,
            placeVersion,
          };
          const done = await caught(
            moveLesson(db, [cast.wang, cast.zhou][step.by]!, { ...asked, now }),
          );
          const stood = standing.findIndex(({ id }) => id === lesson.id);
          const [ahead, next] = [standing[stood - 1]?.id ?? null, standing[stood + 1]?.id ?? null];
          const wanted =
            stood >= 0 &&
            (ahead === place.after ||
              (!has(place.after) && place.after !== null && next === place.before));
          const moved = stands.placeVersion !== placeVersion && !wanted;
          expect(done instanceof StaleSave).toBe(moved || !fits);
          const after = await look();
          expect(after.flatMap((one) => one.lessons.map(({ id }) => id)).sort()).toEqual(all);
          if (done instanceof StaleSave) {
            expect(after).toEqual(before);
            continue;
          }
          expect(done).toBeUndefined();
          const order = after.find((one) => one.id === chapter.id)!.lessons.map(({ id }) => id);
          const index = order.indexOf(lesson.id);
          if (place.after === null) expect(index).toBe(0);
          else if (has(place.after)) expect(order[index - 1]).toBe(place.after);
          else expect(order[index + 1]).toBe(place.before);
          // Nobody else's order changed.
          const rest = (some: typeof after) =>
            some.map((one) => one.lessons.filter(({ id }) => id !== lesson.id).map(({ id }) => id));
          expect(rest(after)).toEqual(rest(before));
        }
      }),
      { numRuns: 25 },
    );
  });

  test('cannot be moved into or taken from another course', async () => {
    const { db } = client;
    const [mine, other] = [await makeStructure(), await makeStructure()];
    const seen = { courseId: mine.courseId, version: 1, now };
    const at = { ...seen, place: { after: null, before: null }, placeVersion: 1 };
    for (const foreign of [
      () => moveLesson(db, cast.wang, { ...at, lessonId: mine.rules, chapterId: other.crank }),
      () => moveLesson(db, cast.wang, { ...at, lessonId: other.rules, chapterId: mine.crank }),
      () => moveChapter(db, cast.wang, { ...at, chapterId: other.crank }),
      () => removeLesson(db, cast.wang, { ...seen, lessonId: other.rules }),
      () => removeChapter(db, cast.wang, { ...seen, chapterId: other.safety }),
    ]) {
      expect(await caught(foreign())).toBeInstanceOf(NotFound);
    }
    expect((await getCourseDraft(db, mine.courseId)).version).toBe(1);
    const lesson = { chapterId: other.crank, title: '外来的一节', kind: 'video' as const };
    await expect(
      addLesson(db, cast.wang, { courseId: mine.courseId, lesson, now }),
    ).rejects.toBeInstanceOf(NotFound);
  });

  test('leave the draft when they are removed, a chapter with its lessons', async () => {
    const { db } = client;
    const course = await makeStructure();
    const { courseId } = course;
    await removeLesson(db, cast.zhou, { courseId, version: 1, lessonId: course.card, now });
    await removeChapter(db, cast.zhou, { courseId, version: 2, chapterId: course.crank, now });
    expect(await titles(courseId)).toEqual([['安全与量具', ['车间安全五条', '外径千分尺怎么读']]]);
    await expect(getLessonDraft(db, courseId, course.shaft)).rejects.toBeInstanceOf(NotFound);
    await expect(
      removeChapter(db, cast.zhou, { courseId, version: 3, chapterId: course.crank, now }),
    ).rejects.toBeInstanceOf(NotFound);
  });

  test('a chapter keeps both names when two authors rename it', async () => {
    const { db } = client;
    const { courseId, safety } = await makeStructure();
    const fields = { title: '安全', producerOrganizationId: cast.college };
    const save = { courseId, chapterId: safety, version: 1, now };
    await saveChapter(db, cast.zhou, { ...save, fields });
    const late = { ...save, fields: { ...fields, title: '量具' } };
    expect(await caught(saveChapter(db, cast.wang, late))).toMatchObject({
      type: 'stale-save',
      current: { title: '安全', producerOrganizationId: cast.college, version: 2 },
      changedBy: '周建国',
    });
    const foreign = { ...save, version: 2, fields: { ...fields, producerOrganizationId: 'none' } };
    expect(await caught(saveChapter(db, cast.wang, foreign))).toBeInstanceOf(Invalid);
  });
});

describe('a lesson', () => {
  test('saved by two authors at once keeps the first title and hands back the second to its author', async () => {
    const { db } = client;
    const { courseId, card } = await makeStructure();
    const fields = { title: '量具保养卡', authorId: cast.wang.personId };
    const save = { courseId, lessonId: card, version: 1 };
    await saveLesson(db, cast.zhou, {
      ...save,
      fields: { ...fields, title: '量具怎么保养' },
      now: now + 5,
    });
    const error = await caught(
      saveLesson(db, cast.wang, {
        ...save,
        fields: { ...fields, title: '保养量具' },
        now: now + 9,
      }),
    );
    expect(error).toMatchObject({
      type: 'stale-save',
      current: { title: '量具怎么保养', version: 2 },
      changedBy: '周建国',
      changedAt: now + 5,
    });
    expect((await getLessonDraft(db, courseId, card)).title).toBe('量具怎么保养');
  });

  test('given to an author of the partner is produced by the partner', async () => {
    const { db } = client;
    const { courseId, shaft } = await makeStructure();
    const fields = { title: '曲轴的结构', authorId: cast.zhou.personId };
    await saveLesson(db, cast.wang, { courseId, lessonId: shaft, version: 1, fields, now });
    expect(await getLessonDraft(db, courseId, shaft)).toMatchObject({
      producerOrganizationId: cast.enterprise,
      authorId: cast.zhou.personId,
    });
    const stranger = { ...fields, authorId: cast.otherInstructor.personId };
    expect(
      await caught(
        saveLesson(db, cast.wang, {
          courseId,
          lessonId: shaft,
          version: 2,
          fields: stranger,
          now,
        }),
      ),
    ).toMatchObject({ errors: [{ pointer: '/authorId', message: 'notAuthor' }] });
  });

  test('shows the video that an author attached, and a late attachment replaces nothing', async () => {
    const { db } = client;
    const { courseId, shaft, card } = await makeStructure();
    const given = { courseId, organizationId: cast.college, personId: cast.wang.personId };
    const [first, second] = [await makeMedia(db, given), await makeMedia(db, given)];
    expect(
      await attachMedia(db, cast.wang, { lessonId: shaft, mediaId: first, version: 1, now }),
    ).toEqual({ version: 2 });
    const late = { lessonId: shaft, mediaId: second, now };
    for (const seen of [{ version: 1 }, { replaces: null }]) {
      const error = await caught(attachMedia(db, cast.zhou, { ...late, ...seen }));
      expect(error).toMatchObject({ type: 'stale-save', current: { media: { id: first } } });
    }
    await attachMedia(db, cast.zhou, { ...late, replaces: first });
    expect((await getLessonDraft(db, courseId, shaft)).media?.id).toBe(second);

    await db.transaction().execute(async (trx) => {
      await attachMedia(trx, cast.zhou, { lessonId: shaft, mediaId: first, version: 3, now });
    });
    expect((await getLessonDraft(db, courseId, shaft)).media?.id).toBe(first);

    const article = { lessonId: card, mediaId: first, version: 1, now };
    expect(await caught(attachMedia(db, cast.wang, article))).toMatchObject({
      type: 'not-a-video',
    });
    const refused = await makeMedia(db, { ...given, state: 'refused' });
    expect(
      await caught(attachMedia(db, cast.wang, { ...late, mediaId: refused, version: 4 })),
    ).toMatchObject({ type: 'media-refused' });
    const elsewhere = await makeMedia(db, {
      ...given,
      courseId: await makeDraftCourse(db, cast),
    });
    expect(
      await caught(attachMedia(db, cast.wang, { ...late, mediaId: elsewhere, version: 4 })),
    ).toBeInstanceOf(NotFound);
    expect(await caught(attachMedia(db, cast.outsider, { ...late, version: 4 }))).toBeInstanceOf(
      NotFound,
    );
  });
});
