import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { STORY_BEGINS as now } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { endPartnership } from '../co-authoring/end-partnership.server';
import { invitePartner } from '../co-authoring/invite-partner.server';
import { nameAuthor } from '../co-authoring/name-author.server';
import { releaseAuthor } from '../co-authoring/release-author.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { beginThread } from '../comments/begin-thread.server';
import { decideSuggestion } from '../comments/decide-suggestion.server';
import { replyToThread } from '../comments/reply-to-thread.server';
import { resolveThread } from '../comments/resolve-thread.server';
import { anchorAt } from '../comments/testing-ranges';
import { addChapter } from '../courses/add-chapter.server';
import { addLesson } from '../courses/add-lesson.server';
import {
  makeCourseCast,
  makeDraftCourse,
  signAll,
  type CourseCast,
} from '../courses/testing-courses';
import { openLessonText } from '../lesson-texts/open-lesson-text.server';
import { requestPublication } from '../sign-offs/request-publication.server';
import { countWaiting, listWaiting } from './list-waiting.server';

let client: DatabaseClient;
let cast: CourseCast;
let courseId: string;
let lessonId: string;
beforeAll(async () => {
  client = await openTestDatabase();
});
afterAll(() => client.close());
beforeEach(async () => {
  cast = await makeCourseCast(client.db);
  courseId = await makeDraftCourse(client.db, cast);
  const { chapterId } = await addChapter(client.db, cast.wang, { courseId, title: '曲轴', now });
  const lesson = { chapterId, title: '间隙', kind: 'article' as const };
  ({ lessonId } = await addLesson(client.db, cast.wang, { courseId, lesson, now }));
  await client.db
    .updateTable('lesson')
    .set({ article_html: '<p>拧紧 210 N·m。</p>' })
    .where('id', '=', lessonId)
    .execute();
});

/** What waits for somebody, in words; the count in the navigation says the same. */
async function waiting(actor: Actor): Promise<string[]> {
  const { items } = await listWaiting(client.db, actor);
  expect(await countWaiting(client.db, actor)).toBe(items.length);
  return items.map((one) => ('body' in one ? `${one.kind} ${one.name} ${one.body}` : one.kind));
}

const say = async (by: Actor, body: string, at: number, mentions: string[] = []) => {
  const thread = { anchor: { kind: 'lesson' as const }, body, mentions };
  return (await beginThread(client.db, by, { lessonId, thread, now: at })).threadId;
};
const reply = (by: Actor, threadId: string, body: string, at: number) =>
  replyToThread(client.db, by, { threadId, reply: { body, mentions: [] }, now: at });

describe('what waits for somebody', () => {
  test('a suggestion waits for the authors of the organization that produces the lesson, until it is decided', async () => {
    const { doc } = await openLessonText(client.db, lessonId, now);
    const thread = {
      anchor: anchorAt(doc, '210'),
      body: '见工艺卡',
      mentions: [],
      replacement: '220',
    };
    const { threadId } = await beginThread(client.db, cast.zhou, { lessonId, thread, now });
    expect(await waiting(cast.wang)).toEqual(['suggestion 周建国 见工艺卡']);
    expect(await waiting(cast.zhou)).toEqual([]);
    expect(await waiting(cast.otherInstructor)).toEqual([]);
    expect(await waiting(cast.outsider)).toEqual([]);
    await reply(cast.wang, threadId, '哪一版工艺卡？', now + 1);
    expect(await waiting(cast.zhou)).toEqual(['thread 王敏 哪一版工艺卡？']);
    await decideSuggestion(client.db, cast.wang, { threadId, outcome: 'accepted', now: now + 2 });
    expect([await waiting(cast.wang), await waiting(cast.zhou)]).toEqual([[], []]);
  });

  test('a thread waits for those whom it names or who took part, until they have spoken last', async () => {
    const threadId = await say(cast.wang, '补一张图？', now, [cast.zhou.personId]);
    expect(await waiting(cast.zhou)).toEqual(['thread 王敏 补一张图？']);
    expect(await waiting(cast.wang)).toEqual([]);
    expect(await waiting(cast.enterpriseManager)).toEqual([]);
    await reply(cast.zhou, threadId, '补哪里？', now + 1);
    expect(await waiting(cast.zhou)).toEqual([]);
    expect(await waiting(cast.wang)).toEqual(['thread 周建国 补哪里？']);
    await resolveThread(client.db, cast.zhou, { threadId, resolved: true, now: now + 2 });
    expect(await waiting(cast.wang)).toEqual([]);
  });

  test('what is said about a lesson whose producer has left waits for the authors of the lead organization', async () => {
    const theirs = await addChapter(client.db, cast.zhou, { courseId, title: '工艺', now });
    const lesson = { chapterId: theirs.chapterId, title: '工艺卡', kind: 'article' as const };
    ({ lessonId } = await addLesson(client.db, cast.zhou, { courseId, lesson, now }));
    await client.db
      .updateTable('lesson')
      .set({ article_html: '<p>拧紧 210 N·m。</p>' })
      .where('id', '=', lessonId)
      .execute();
    const { doc } = await openLessonText(client.db, lessonId, now);
    const anchor = anchorAt(doc, '210');
    const suggest = (by: Actor, body: string, at: number) => {
      const thread = { anchor, body, mentions: [], replacement: '220' };
      return beginThread(client.db, by, { lessonId, thread, now: at });
    };
    const { threadId } = await suggest(cast.collegeManager, '见新标准', now);
    await suggest(cast.wang, '照旧图纸', now + 1);
    const question = await say(cast.enterpriseManager, '图要不要换？', now + 2);
    expect(await waiting(cast.wang)).toEqual([]);
    expect(await waiting(cast.zhou)).toEqual([
      'suggestion 王敏 照旧图纸',
      'suggestion 李海涛 见新标准',
    ]);
    const left = { courseId, organizationId: cast.enterprise, now: now + 3 };
    await endPartnership(client.db, cast.enterpriseManager, left);
    expect(await waiting(cast.zhou)).toEqual([]);
    expect(await waiting(cast.otherInstructor)).toEqual([]);
    expect(await waiting(cast.wang)).toEqual([
      'thread 刘振东 图要不要换？',
      'suggestion 王敏 ',
      'suggestion 李海涛 见新标准',
    ]);
    await reply(cast.wang, question, '换，我来画。', now + 4);
    await decideSuggestion(client.db, cast.wang, { threadId, outcome: 'accepted', now: now + 5 });
    expect(await waiting(cast.wang)).toEqual(['suggestion 王敏 ']);
  });

  test('a suggestion for a side without authors waits for its managers, who can name one', async () => {
    const { doc } = await openLessonText(client.db, lessonId, now);
    const thread = {
      anchor: anchorAt(doc, '210'),
      body: '见新标准',
      mentions: [],
      replacement: '220',
    };
    await beginThread(client.db, cast.zhou, { lessonId, thread, now });
    await say(cast.zhou, '图要不要换？', now + 1);
    expect(await waiting(cast.collegeManager)).toEqual([]);
    const side = { courseId, organizationId: cast.college, now };
    await releaseAuthor(client.db, cast.collegeManager, { ...side, personId: cast.wang.personId });
    expect(await waiting(cast.wang)).toEqual([]);
    expect(await waiting(cast.collegeManager)).toEqual(['suggestion 周建国 见新标准']);
    expect(await waiting(cast.enterpriseManager)).toEqual([]);
    const personId = cast.otherInstructor.personId;
    await nameAuthor(client.db, cast.collegeManager, { ...side, personId });
    expect(await waiting(cast.collegeManager)).toEqual([]);
    expect(await waiting(cast.otherInstructor)).toEqual(['suggestion 周建国 见新标准']);
  });

  test('a candidate waits for those who sign, an invitation for the managers', async () => {
    await requestPublication(client.db, cast.wang, { courseId, note: '先给同事看', now });
    expect(await waiting(cast.wang)).toEqual(['sign-off']);
    await signAll(client.db, cast.wang, courseId, now);
    expect(await waiting(cast.wang)).toEqual([]);
    const alone = await makeDraftCourse(client.db, cast, false);
    const asked = { courseId: alone, organizationId: cast.enterprise, now };
    await invitePartner(client.db, cast.collegeManager, asked);
    expect(await waiting(cast.enterpriseManager)).toEqual(['invitation']);
    expect(await waiting(cast.zhou)).toEqual([]);
  });
});
