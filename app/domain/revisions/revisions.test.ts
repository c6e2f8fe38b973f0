import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { STORY_BEGINS as now } from '~db/testing-cast';
import type { Actor } from '../co-authoring/course-reach.server';
import { addChapter } from '../courses/add-chapter.server';
import { addLesson } from '../courses/add-lesson.server';
import { getCourseDraft } from '../courses/course-draft.server';
import { getLessonDraft } from '../courses/lesson-draft.server';
import { removeLesson } from '../courses/remove-lesson.server';
import { saveLesson } from '../courses/save-lesson.server';
import {
  addOpenChapter,
  makeCourseCast,
  makeDraftCourse,
  stepAlong,
  type CourseCast,
} from '../courses/testing-courses';
import { replaceLessonText } from '../lesson-texts/replace-lesson-text.server';
import { Forbidden, NotFound } from '../shared/errors';
import { articleLines, compareArticles } from './article-lines.server';
import { compareRevision } from './compare-revisions.server';
import { listRevisions } from './list-revisions.server';
import { nameRevision } from './name-revision.server';
import { outlineToRestore } from './outline-to-restore';
import { restoreCourse } from './restore-course.server';
import { restoreLesson } from './restore-lesson.server';
import { placeRevision, TOGETHER_MS } from './revision-content';

const HOUR = 3_600_000;

let client: DatabaseClient;
let cast: CourseCast;
beforeAll(async () => {
  client = await openTestDatabase();
  cast = await makeCourseCast(client.db);
});
afterAll(() => client.close());

async function makeCourse() {
  const { db } = client;
  const courseId = await makeDraftCourse(db, cast);
  const { chapterId } = await addOpenChapter(db, cast.wang, { courseId, title: '安全', now });
  const lesson = { chapterId, title: '量具', kind: 'article' as const };
  const { lessonId } = await addLesson(db, cast.wang, { courseId, lesson, now });
  return { courseId, chapterId, lessonId };
}

async function rename(
  by: Actor,
  at: { courseId: string; lessonId: string },
  title: string,
  when: number,
) {
  const { version, authorId } = await getLessonDraft(client.db, at.courseId, at.lessonId);
  await saveLesson(client.db, by, { ...at, version, fields: { title, authorId }, now: when });
}

const write = (by: Actor, lessonId: string, html: string, when: number) =>
  replaceLessonText(client.db, by, { lessonId, html, now: when });

const history = async (courseId: string, lessonId?: string) =>
  (
    await listRevisions(client.db, cast.wang, {
      ...{ courseId, limit: 100, offset: 0 },
      ...(lessonId ? { lessonId } : {}),
    })
  ).rows;

const versionOf = async (courseId: string) => (await getCourseDraft(client.db, courseId)).version;

describe('what is kept', () => {
  test('one person’s changes within ten minutes are one state; another’s, later or named ones are not', () => {
    const latest = {
      ...{ id: '1', content: 'a', personId: 'wang', organizationId: 'college' },
      ...{ begunAt: now, named: false },
    };
    const next = { content: 'b', personId: 'wang', organizationId: 'college', now: now + 1 };
    expect(placeRevision(undefined, next)).toBe('add');
    expect(placeRevision(latest, { ...next, content: 'a' })).toBe('none');
    expect(placeRevision(latest, next)).toBe('extend');
    expect(placeRevision(latest, { ...next, now: now + TOGETHER_MS })).toBe('add');
    expect(placeRevision(latest, { ...next, personId: 'zhou' })).toBe('add');
    expect(placeRevision(latest, { ...next, organizationId: 'enterprise' })).toBe('add');
    expect(placeRevision({ ...latest, named: true }, next)).toBe('add');
  });

  test('what a lesson was before its first kept change is kept too, with who, for whom and when', async () => {
    const { courseId, lessonId } = await makeCourse();
    await rename(cast.wang, { courseId, lessonId }, '量具卡', now + 1);
    await rename(cast.zhou, { courseId, lessonId }, '量具的保养', now + HOUR);
    await write(cast.wang, lessonId, '<p>擦净</p>', now + 2 * HOUR);
    await write(cast.wang, lessonId, '<p>擦净，上油</p>', now + 2 * HOUR + 60_000);
    const rows = await history(courseId, lessonId);
    expect(rows.map((row) => [row.title, row.personName, row.organization?.name])).toEqual([
      ['量具的保养', '王敏', '鸢都技师学院'],
      ['量具的保养', '周建国', '海岱动力集团'],
      ['量具卡', '王敏', '鸢都技师学院'],
      ['量具', '王敏', '鸢都技师学院'],
    ]);
    expect(rows[0]).toMatchObject({ begunAt: now + 2 * HOUR, endedAt: now + 2 * HOUR + 60_000 });
    const newest = await compareRevision(client.db, cast.zhou, {
      courseId,
      revisionId: rows[0]!.id,
    });
    expect(newest.lines).toEqual([
      { kind: 'added', parts: [{ text: '擦净，上油', kind: 'added' }] },
    ]);
    const renamed = await compareRevision(client.db, cast.wang, {
      courseId,
      revisionId: rows[1]!.id,
    });
    expect(renamed).toMatchObject({ personName: '周建国', organizationName: '海岱动力集团' });
    expect(renamed.changes).toEqual([
      { kind: 'lesson-renamed', title: '量具的保养', was: '量具卡' },
    ]);
    const { id } = rows[1]!;
    await nameRevision(client.db, cast.wang, { courseId, revisionId: id, name: '开学前' });
    expect((await history(courseId, lessonId))[1]?.name).toBe('开学前');
    for (const reader of [cast.collegeLearner, cast.otherInstructor]) {
      await expect(
        compareRevision(client.db, reader, { courseId, revisionId: id }),
      ).rejects.toBeInstanceOf(Forbidden);
    }
    await expect(
      listRevisions(client.db, cast.outsider, { courseId, limit: 1, offset: 0 }),
    ).rejects.toBeInstanceOf(NotFound);
    await expect(
      nameRevision(client.db, cast.collegeManager, { courseId, revisionId: id, name: '' }),
    ).rejects.toBeInstanceOf(Forbidden);
  });
});

describe('restoring', () => {
  test('a lesson becomes what it was, also one that was removed, and the history keeps what it replaced', async () => {
    const { db } = client;
    const { courseId, lessonId } = await makeCourse();
    await write(cast.wang, lessonId, '<p>第一稿</p>', now + HOUR);
    await rename(cast.zhou, { courseId, lessonId }, '量具卡', now + 2 * HOUR);
    await write(cast.zhou, lessonId, '<p>第二稿</p>', now + 3 * HOUR);
    const first = (await history(courseId, lessonId)).find((row) => row.endedAt === now + HOUR)!;
    const version = await versionOf(courseId);
    await removeLesson(db, cast.wang, { courseId, version, lessonId, now: now + 4 * HOUR });
    const restore = { courseId, revisionId: first.id, now: now + 5 * HOUR };
    await expect(restoreLesson(db, cast.collegeManager, restore)).rejects.toBeInstanceOf(Forbidden);
    expect(await restoreLesson(db, cast.wang, restore)).toEqual({ lessonId, videoGone: false });
    const draft = await getLessonDraft(db, courseId, lessonId);
    expect(draft).toMatchObject({ title: '量具', articleHtml: '<p>第一稿</p>' });
    const rows = await history(courseId, lessonId);
    expect(rows.some((row) => row.title === '量具卡')).toBe(true);
    const another = await makeCourse();
    await expect(
      restoreLesson(db, cast.wang, { ...restore, courseId: another.courseId }),
    ).rejects.toBeInstanceOf(NotFound);
  });

  test('a whole course becomes what it was: settings, order and every lesson', async () => {
    const { db } = client;
    const { courseId, lessonId } = await makeCourse();
    const second = await addOpenChapter(db, cast.zhou, {
      ...{ courseId, title: '吊装', now: now + HOUR },
    });
    await write(cast.wang, lessonId, '<p>第一稿</p>', now + 2 * HOUR);
    const before = await getCourseDraft(db, courseId);
    const [moment] = await history(courseId, lessonId);
    await stepAlong(db, cast.zhou, {
      ...{ courseId, id: second.chapterId, to: 'up' },
      now: now + 3 * HOUR,
    });
    const late = { chapterId: second.chapterId, title: '后来加的', kind: 'article' as const };
    await addLesson(db, cast.zhou, { courseId, lesson: late, now: now + 4 * HOUR });
    await write(cast.zhou, lessonId, '<p>第二稿</p>', now + 5 * HOUR);
    await rename(cast.zhou, { courseId, lessonId }, '改了名', now + 6 * HOUR);
    const restore = { courseId, revisionId: moment!.id, now: now + 7 * HOUR };
    await expect(
      restoreCourse(db, cast.wang, { ...restore, version: before.version - 1 }),
    ).rejects.toMatchObject({ type: 'stale-save' });
    await restoreCourse(db, cast.wang, { ...restore, version: await versionOf(courseId) });
    const after = await getCourseDraft(db, courseId);
    const shape = (draft: typeof after) =>
      draft.chapters.map(({ id, title, lessons }) => ({
        ...{ id, title },
        lessons: lessons.map((one) => [one.id, one.title, one.articleHtml]),
      }));
    expect(shape(after)).toEqual(shape(before));
    expect((await history(courseId)).some((row) => row.title === '后来加的')).toBe(false);
  });

  test('of a whole course leaves alone what a partner made and has not opened', async () => {
    const { db } = client;
    const { courseId, lessonId } = await makeCourse();
    await rename(cast.wang, { courseId, lessonId }, '量具', now + HOUR);
    const [moment] = await history(courseId);
    const added = await addChapter(db, cast.zhou, { courseId, title: '吊装', now: now + 2 * HOUR });
    const { chapterId } = added;
    const lesson = { chapterId, title: '吊具', kind: 'article' as const };
    const theirs = await addLesson(db, cast.zhou, { courseId, lesson, now: now + 3 * HOUR });
    await rename(cast.wang, { courseId, lessonId }, '改了名', now + 4 * HOUR);
    const restore = { courseId, revisionId: moment!.id, now: now + 5 * HOUR };
    const version = await versionOf(courseId);
    await expect(restoreCourse(db, cast.zhou, { ...restore, version })).rejects.toBeInstanceOf(
      Forbidden,
    );
    const done = await restoreCourse(db, cast.wang, { ...restore, version });
    expect(done).toEqual({ videosGone: [], leftAlone: true });
    const { chapters } = await getCourseDraft(db, courseId);
    expect(chapters.map((one) => [one.title, one.lessons.map((two) => two.title)])).toEqual([
      ['安全', ['量具']],
      ['吊装', ['吊具']],
    ]);
    expect(chapters[1]?.lessons[0]?.id).toBe(theirs.lessonId);
  });

  test('takes no closed part away or apart, doubles nothing, and restores all else', () => {
    const chapters = ['A', 'B', 'C'];
    const lessons = ['1', '2', '3', '4', '5'];
    const outline = fc
      .tuple(
        fc.shuffledSubarray(chapters, { minLength: 1 }),
        fc.shuffledSubarray(lessons),
        fc.array(fc.nat(2), { minLength: 5, maxLength: 5 }),
      )
      .map(([ids, all, homes]) =>
        ids.map((id, at) => ({
          ...{ id, title: id },
          lessonIds: all.filter((_lesson, index) => homes[index]! % ids.length === at),
        })),
      );
    const closedOnes = fc.subarray([...chapters, ...lessons]);
    fc.assert(
      fc.property(outline, outline, closedOnes, (current, then, closed) => {
        const mayEdit = (id: string) => !closed.includes(id);
        const after = outlineToRestore(current, then, mayEdit);
        const idsOf = (some: typeof after) => some.flatMap((one) => [one.id, ...one.lessonIds]);
        expect(new Set(idsOf(after)).size).toBe(idsOf(after).length);
        for (const chapter of current) {
          const kept = after.find((one) => one.id === chapter.id);
          if (!mayEdit(chapter.id)) expect(kept).toEqual(chapter);
          for (const id of chapter.lessonIds) {
            if (!mayEdit(id)) expect(kept?.lessonIds).toContain(id);
          }
        }
        for (const id of idsOf(after).filter((one) => !mayEdit(one))) {
          expect(idsOf(current)).toContain(id);
        }
        if (closed.length === 0) expect(after).toEqual(then);
      }),
    );
  });

  test('whatever was written in whatever order, each kept state can be had again exactly', async () => {
    const { db } = client;
    const steps = fc.array(
      fc.record({ by: fc.constantFrom(0, 1), word: fc.constantFrom('轴', '瓦', '盖', '泵') }),
      { minLength: 2, maxLength: 6 },
    );
    const property = async (writing: { by: number; word: string }[]) => {
      const { courseId, lessonId } = await makeCourse();
      const states = new Map<number, string>();
      for (const [index, { by, word }] of writing.entries()) {
        const when = now + (index + 1) * HOUR;
        const author = [cast.wang, cast.zhou][by]!;
        await write(author, lessonId, `<p>${index} ${word}</p>`, when);
        states.set(when, (await getLessonDraft(db, courseId, lessonId)).articleHtml);
      }
      for (const row of await history(courseId, lessonId)) {
        const wanted = states.get(row.endedAt);
        if (wanted === undefined) continue;
        await restoreLesson(db, cast.wang, { courseId, revisionId: row.id, now: now + 100 * HOUR });
        expect((await getLessonDraft(db, courseId, lessonId)).articleHtml).toBe(wanted);
      }
    };
    await fc.assert(fc.asyncProperty(steps, property), { numRuns: 6 });
  });
});

describe('comparing texts', () => {
  test('says line by line what was taken out and put in, words within a line', () => {
    expect(
      articleLines('<h2>一</h2><ul><li>甲</li><li><p>乙 <strong>丙</strong></p></li></ul>'),
    ).toEqual(['一', '甲', '乙 丙']);
    expect(
      compareArticles('<p>断电后操作</p><p>二</p>', '<p>断电并挂牌后操作</p><p>二</p><p>三</p>'),
    ).toEqual([
      {
        kind: 'changed',
        parts: [
          { text: '断电', kind: 'same' },
          { text: '并挂牌', kind: 'added' },
          { text: '后操作', kind: 'same' },
        ],
      },
      { kind: 'same', parts: [{ text: '二', kind: 'same' }] },
      { kind: 'added', parts: [{ text: '三', kind: 'added' }] },
    ]);
  });

  test('nothing is lost in a comparison', () => {
    const text = fc.array(fc.constantFrom('断电', '挂牌', '上锁', 'check 2', '<'), {
      maxLength: 6,
    });
    const html = (lines: string[]) =>
      lines.map((line) => `<p>${line.replace('<', '&lt;')}</p>`).join('');
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = compareArticles(html(before), html(after));
        const side = (left: 'removed' | 'added') =>
          lines
            .map((line) =>
              line.parts
                .filter((part) => part.kind !== left)
                .map((part) => part.text)
                .join(''),
            )
            .filter((line) => line !== '');
        expect(side('added')).toEqual(before);
        expect(side('removed')).toEqual(after);
      }),
    );
  });
});
