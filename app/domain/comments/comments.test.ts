import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { DatabaseClient } from '~db/client.server';
import { STORY_BEGINS as now } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { releaseAuthor } from '../co-authoring/release-author.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { addChapter } from '../courses/add-chapter.server';
import { addLesson } from '../courses/add-lesson.server';
import { getLessonDraft } from '../courses/lesson-draft.server';
import {
  makeCourseCast,
  makeDraftCourse,
  makeMedia,
  type CourseCast,
} from '../courses/testing-courses';
import { appendEdits } from '../lesson-texts/append-edits.server';
import { openLessonText } from '../lesson-texts/open-lesson-text.server';
import { TEXT_FIELD } from '../lesson-texts/text-schema';
import { listRevisions } from '../revisions/list-revisions.server';
import { Conflict, Forbidden, Invalid, NotFound } from '../shared/errors';
import { beginThread } from './begin-thread.server';
import type { Anchor } from './comment-forms';
import { decideSuggestion } from './decide-suggestion.server';
import { listOpenTalk } from './list-open-talk.server';
import { listThreads } from './list-threads.server';
import { removeComment } from './remove-comment.server';
import { replyToThread } from './reply-to-thread.server';
import { resolveThread } from './resolve-thread.server';
import { anchorAt, plain, runsOf } from './testing-ranges';
import { rangeOf } from './text-range';
import { TextChanged } from './text-changed';

let client: DatabaseClient;
let cast: CourseCast;
let courseId: string;
let chapterId: string;
beforeAll(async () => {
  client = await openTestDatabase();
  cast = await makeCourseCast(client.db);
  courseId = await makeDraftCourse(client.db, cast);
  chapterId = (await addChapter(client.db, cast.wang, { courseId, title: '曲轴', now })).chapterId;
});
afterAll(() => client.close());

const TORQUE = '<p>第二次拧紧 210 N·m。</p><p>拧紧后不要转动曲轴。</p>';

async function makeLesson(html = TORQUE): Promise<string> {
  const lesson = { chapterId, title: '间隙', kind: 'article' as const };
  const { lessonId } = await addLesson(client.db, cast.wang, { courseId, lesson, now });
  await client.db
    .updateTable('lesson')
    .set({ article_html: html })
    .where('id', '=', lessonId)
    .execute();
  return lessonId;
}

const documentOf = async (lessonId: string) => (await openLessonText(client.db, lessonId, now)).doc;
const article = async (lessonId: string) =>
  (await getLessonDraft(client.db, courseId, lessonId)).articleHtml;

/** Types into the stored text as an open editor does. */
async function type(
  by: Actor,
  organizationId: string,
  lessonId: string,
  change: (doc: Y.Doc) => void,
) {
  const doc = await documentOf(lessonId);
  const before = Y.encodeStateVector(doc);
  change(doc);
  const update = Y.encodeStateAsUpdate(doc, before);
  await appendEdits(client.db, lessonId, [{ personId: by.personId, organizationId, update }], now);
}

const say = (
  by: Actor,
  lessonId: string,
  body: string,
  more: { anchor?: Anchor; mentions?: string[] } = {},
) =>
  beginThread(client.db, by, {
    lessonId,
    thread: { anchor: more.anchor ?? { kind: 'lesson' }, body, mentions: more.mentions ?? [] },
    now,
  });

async function suggest(
  by: Actor,
  lessonId: string,
  quote: string,
  replacement: string,
  after = '',
) {
  const anchor = anchorAt(await documentOf(lessonId), quote, after);
  const thread = { anchor, body: '', mentions: [], replacement };
  return (await beginThread(client.db, by, { lessonId, thread, now })).threadId;
}

const decide = (by: Actor, threadId: string, outcome: 'accepted' | 'rejected' | 'withdrawn') =>
  decideSuggestion(client.db, by, { threadId, outcome, now: now + 1000 });

describe('a suggestion', () => {
  test('that is accepted becomes an edit of whoever accepts, and the history names both', async () => {
    const lessonId = await makeLesson();
    const threadId = await suggest(cast.zhou, lessonId, '210', '220±5');
    expect(await article(lessonId)).toBe(TORQUE);
    await decide(cast.wang, threadId, 'accepted');
    expect(await article(lessonId)).toBe(TORQUE.replace('210', '220±5'));
    const edit = await client.db
      .selectFrom('lesson_text_edit')
      .select(['person_id', 'organization_id', 'number'])
      .where('lesson_id', '=', lessonId)
      .executeTakeFirstOrThrow();
    expect(edit).toEqual({
      person_id: cast.wang.personId,
      organization_id: cast.college,
      number: 1,
    });
    const [thread] = (await listThreads(client.db, cast.zhou, lessonId)).threads;
    expect(thread?.decided).toEqual({ outcome: 'accepted', name: '王敏', at: now + 1000 });
    const { rows } = await listRevisions(client.db, cast.wang, {
      ...{ courseId, lessonId },
      ...{ limit: 10, offset: 0 },
    });
    expect(rows[0]?.personName).toBe('王敏');
    expect(rows[0]?.suggestedBy).toEqual(['周建国']);
    expect(rows[1]?.suggestedBy).toEqual([]);
  });

  test('deletes and inserts as well', async () => {
    const lessonId = await makeLesson();
    await decide(cast.wang, await suggest(cast.zhou, lessonId, '第二次', ''), 'accepted');
    await decide(cast.wang, await suggest(cast.zhou, lessonId, '', '（冷态）', 'N·m'), 'accepted');
    expect(await article(lessonId)).toContain('<p>拧紧 210 N·m（冷态）。</p>');
  });

  test('that is rejected or withdrawn changes nothing, and is decided once', async () => {
    const lessonId = await makeLesson();
    const rejected = await suggest(cast.zhou, lessonId, '210', '220');
    await decide(cast.wang, rejected, 'rejected');
    await expect(decide(cast.wang, rejected, 'accepted')).rejects.toThrow(Conflict);
    const withdrawn = await suggest(cast.zhou, lessonId, '210', '230');
    await expect(decide(cast.wang, withdrawn, 'withdrawn')).rejects.toThrow(Forbidden);
    await decide(cast.zhou, withdrawn, 'withdrawn');
    expect(await article(lessonId)).toBe(TORQUE);
  });

  test('is refused where its words read differently by now, and shows all sides', async () => {
    const lessonId = await makeLesson();
    const threadId = await suggest(cast.zhou, lessonId, '210', '220');
    const anchor = anchorAt(await documentOf(lessonId), '210');
    await type(cast.wang, cast.college, lessonId, (doc) => {
      const run = runsOf(doc.getXmlFragment(TEXT_FIELD))[0]!;
      run.insert(plain(run).indexOf('10'), '0');
    });
    const accepting = decide(cast.wang, threadId, 'accepted');
    const sides = { quote: '210', present: '2010', replacement: '220' };
    await expect(accepting).rejects.toThrow(TextChanged);
    await expect(accepting).rejects.toMatchObject({ sides });
    const [thread] = (await listThreads(client.db, cast.wang, lessonId)).threads;
    expect(thread?.decided).toBeNull();
    await type(cast.wang, cast.college, lessonId, (doc) =>
      doc.getXmlFragment(TEXT_FIELD).delete(0, 1),
    );
    await expect(decide(cast.wang, threadId, 'accepted')).rejects.toMatchObject({
      sides: { ...sides, present: null },
    });
    const late = { anchor, body: '', mentions: [], replacement: '220' };
    await expect(
      beginThread(client.db, cast.zhou, { lessonId, thread: late, now }),
    ).rejects.toThrow(TextChanged);
  });

  test('keeps what was written at the same time and had not arrived', async () => {
    const lessonId = await makeLesson();
    const threadId = await suggest(cast.zhou, lessonId, '210', '220');
    const open = await documentOf(lessonId);
    const before = Y.encodeStateVector(open);
    const run = runsOf(open.getXmlFragment(TEXT_FIELD))[0]!;
    run.insert(plain(run).length, '分两次。');
    await decide(cast.wang, threadId, 'accepted');
    const update = Y.encodeStateAsUpdate(open, before);
    const late = { personId: cast.zhou.personId, organizationId: cast.enterprise, update };
    await appendEdits(client.db, lessonId, [late], now);
    const words = runsOf((await documentOf(lessonId)).getXmlFragment(TEXT_FIELD)).map(plain);
    expect(words[0]).toBe('第二次拧紧 220 N·m。分两次。');
  });

  test('in any order with edits leaves what accepted ones and edits say', async () => {
    const step = fc.record({
      does: fc.constantFrom('suggest', 'accept', 'reject', 'write'),
      of: fc.nat(3),
      words: fc.string({ unit: fc.constantFrom('甲', '乙', '丙'), maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const model = ['一号', '二号', '三号', '四号'];
        const lessonId = await makeLesson(model.map((line) => `<p>${line}</p>`).join(''));
        const open: { threadId: string; of: number; at: number; replacement: string }[] = [];
        const changes: number[] = [];
        const change = (of: number, line: string) => {
          model[of] = line;
          changes.push(of);
        };
        const untouched = (of: number, since: number) => !changes.slice(since).includes(of);
        for (const { does, of, words } of steps) {
          const line = model[of] ?? '';
          if (does === 'suggest' && line !== words) {
            const doc = await documentOf(lessonId);
            const run = runsOf(doc.getXmlFragment(TEXT_FIELD))[of]!;
            const anchor = { kind: 'text' as const, ...rangeOf(run, 0, line.length), quote: line };
            const thread = { anchor, body: '', mentions: [], replacement: `${words}号` };
            const { threadId } = await beginThread(client.db, cast.zhou, { lessonId, thread, now });
            open.push({ threadId, of, at: changes.length, replacement: `${words}号` });
          } else if (does === 'write') {
            await type(cast.zhou, cast.enterprise, lessonId, (doc) => {
              const run = runsOf(doc.getXmlFragment(TEXT_FIELD))[of]!;
              run.insert(1, words);
            });
            change(of, line.slice(0, 1) + words + line.slice(1));
          } else if (open.length > 0 && does !== 'suggest') {
            const [chosen] = open.splice(of % open.length, 1);
            if (!chosen) continue;
            const made = await decide(
              cast.wang,
              chosen.threadId,
              does === 'accept' ? 'accepted' : 'rejected',
            ).then(
              () => does === 'accept',
              (error: unknown) => {
                expect(error).toBeInstanceOf(TextChanged);
                return false;
              },
            );
            if (does === 'accept' && untouched(chosen.of, chosen.at)) expect(made).toBe(true);
            if (made) change(chosen.of, chosen.replacement);
          }
        }
        const words = runsOf((await documentOf(lessonId)).getXmlFragment(TEXT_FIELD)).map(plain);
        expect(words).toEqual(model);
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});

describe('a thread', () => {
  test('about the whole lesson or a moment of its video is seen by both sides, resolved and opened again', async () => {
    const lessonId = await makeLesson();
    const { threadId } = await say(cast.collegeManager, lessonId, '缺一张图。', {
      mentions: [cast.zhou.personId],
    });
    await resolveThread(client.db, cast.zhou, { threadId, resolved: true, now });
    const resolved = (await listThreads(client.db, cast.wang, lessonId)).threads[0];
    expect(resolved?.resolved?.name).toBe('周建国');
    expect(resolved?.comments[0]?.mentions.map(({ name }) => name)).toEqual(['周建国']);
    expect(resolved?.by.organization.name).toBe('鸢都技师学院');
    const reply = { body: '补上了。', mentions: [] };
    await replyToThread(client.db, cast.zhou, { threadId, reply, now: now + 1 });
    const open = (await listThreads(client.db, cast.wang, lessonId)).threads[0];
    expect(open?.resolved).toBeNull();
    expect(open?.comments.map(({ body }) => body)).toEqual(['缺一张图。', '补上了。']);

    const own = { courseId, organizationId: cast.college, personId: cast.wang.personId };
    const mediaId = await makeMedia(client.db, own);
    const anchor = { kind: 'video' as const, mediaId, momentMs: 65_000 };
    await expect(say(cast.wang, lessonId, '这里没声音。', { anchor })).rejects.toThrow(Conflict);
  });

  test('tells those who have the lesson open', async () => {
    const lessonId = await makeLesson();
    await documentOf(lessonId);
    const version = async () => (await listThreads(client.db, cast.wang, lessonId)).version;
    const before = await version();
    const { threadId } = await say(cast.zhou, lessonId, '好。');
    await resolveThread(client.db, cast.wang, { threadId, resolved: true, now });
    expect(await version()).toBe(before + 2);
  });

  test('names people of the course only', async () => {
    const lessonId = await makeLesson();
    const mentions = [cast.outsider.personId];
    await expect(say(cast.wang, lessonId, '看一下', { mentions })).rejects.toThrow(Invalid);
    expect((await listThreads(client.db, cast.wang, lessonId)).threads).toEqual([]);
    const { people } = await listThreads(client.db, cast.wang, lessonId);
    expect(people.map(({ name }) => name)).toEqual(['王敏', '周建国', '刘振东', '李海涛']);
  });

  test('loses a comment that its author takes back, and goes when nothing is left', async () => {
    const lessonId = await makeLesson();
    const { threadId } = await say(cast.wang, lessonId, '写错了。');
    const threads = async () => (await listThreads(client.db, cast.zhou, lessonId)).threads;
    const commentId = (await threads())[0]?.comments[0]?.id ?? '';
    const reply = { body: '哪里？', mentions: [] };
    const answer = await replyToThread(client.db, cast.zhou, { threadId, reply, now });
    await expect(removeComment(client.db, cast.zhou, { commentId, now })).rejects.toThrow(
      Forbidden,
    );
    await removeComment(client.db, cast.wang, { commentId, now });
    expect((await threads())[0]?.comments.map(({ body }) => body)).toEqual(['', '哪里？']);
    await removeComment(client.db, cast.zhou, { commentId: answer.commentId, now });
    expect(await threads()).toEqual([]);
  });
});

test('what is open in a course is told lesson by lesson, and what is settled no more', async () => {
  const [first, second, removed] = [await makeLesson(), await makeLesson(), await makeLesson()];
  const openIn = async (lessonId: string) =>
    (await listOpenTalk(client.db, courseId)).find((one) => one.lessonId === lessonId);
  const threadId = await suggest(cast.zhou, first, '210', '220');
  const asked = await say(cast.zhou, first, '图不清楚');
  const again = await suggest(cast.zhou, second, '210', '230');
  expect(await openIn(first)).toEqual({ lessonId: first, suggestions: 1, comments: 1, threadId });
  await decide(cast.wang, threadId, 'rejected');
  expect(await openIn(first)).toEqual({ lessonId: first, suggestions: 0, comments: 1, ...asked });
  await resolveThread(client.db, cast.wang, { ...asked, resolved: true, now });
  expect(await openIn(first)).toBeUndefined();
  expect(await openIn(second)).toMatchObject({ suggestions: 1, comments: 0, threadId: again });
  await say(cast.zhou, removed, '这节还要吗');
  await client.db
    .updateTable('lesson')
    .set({ removed_at: now })
    .where('id', '=', removed)
    .execute();
  expect(await openIn(removed)).toBeUndefined();
});

describe('who may speak', () => {
  test('those who read the draft speak; only those who write the lesson decide', async () => {
    const lessonId = await makeLesson();
    for (const reader of [cast.wang, cast.zhou, cast.enterpriseManager]) {
      await say(reader, lessonId, '看过了。');
    }
    const threadId = await suggest(cast.enterpriseManager, lessonId, '210', '220');
    await expect(decide(cast.enterpriseManager, threadId, 'accepted')).rejects.toThrow(Forbidden);
    expect((await listThreads(client.db, cast.enterpriseManager, lessonId)).mayDecide).toBe(false);
    for (const other of [cast.collegeLearner, cast.otherInstructor]) {
      await expect(say(other, lessonId, '我也说')).rejects.toThrow(Forbidden);
      await expect(listThreads(client.db, other, lessonId)).rejects.toThrow(Forbidden);
      await expect(decide(other, threadId, 'rejected')).rejects.toThrow(Forbidden);
    }
    await expect(say(cast.outsider, lessonId, '我也说')).rejects.toThrow(NotFound);
    await expect(decide(cast.outsider, threadId, 'rejected')).rejects.toThrow(NotFound);
  });

  test('who is released as an author speaks no more', async () => {
    const shared = await makeDraftCourse(client.db, cast);
    const { chapterId: chapter } = await addChapter(client.db, cast.wang, {
      ...{ courseId: shared, title: '装配', now },
    });
    const lesson = { chapterId: chapter, title: '装配', kind: 'article' as const };
    const { lessonId } = await addLesson(client.db, cast.wang, { courseId: shared, lesson, now });
    const { threadId } = await say(cast.zhou, lessonId, '好。');
    await releaseAuthor(client.db, cast.enterpriseManager, {
      ...{ courseId: shared, organizationId: cast.enterprise, personId: cast.zhou.personId, now },
    });
    const reply = { body: '再说一句', mentions: [] };
    await expect(replyToThread(client.db, cast.zhou, { threadId, reply, now })).rejects.toThrow(
      Forbidden,
    );
  });
});
