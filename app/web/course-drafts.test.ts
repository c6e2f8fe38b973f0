import type { AppLoadContext } from '@remix-run/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket as Socket } from 'ws';
import type { DatabaseClient } from '~db/client.server';
import { STORY_BEGINS as now } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { releaseAuthor } from '~/domain/co-authoring/release-author.server';
import { beginThread } from '~/domain/comments/begin-thread.server';
import { addChapter } from '~/domain/courses/add-chapter.server';
import { addLesson } from '~/domain/courses/add-lesson.server';
import { makeCourseCast, makeDraftCourse, type CourseCast } from '~/domain/courses/testing-courses';
import { getDraftMarks } from '~/domain/course-drafts/draft-marks.server';
import { CLOSE } from '~/domain/shared/live-line';
import { DraftLine, type DraftNews } from '~/routes/teach/draft-line';
import { createCourseDraftSockets } from './course-draft-sockets.server';
import { signedInCookie, testContext } from './testing-request.server';
import { serveSocket, type TextServer } from './testing-texts';

let client: DatabaseClient;
let context: AppLoadContext;
let cast: CourseCast;
let courseId: string;
let lessonId: string;
const cookies = new Map<Viewer, string>();
beforeAll(async () => {
  client = await openTestDatabase();
  context = testContext(client, now);
  cast = await makeCourseCast(client.db);
  courseId = await makeDraftCourse(client.db, cast);
  const { chapterId } = await addChapter(client.db, cast.wang, { courseId, title: '曲轴', now });
  const lesson = { chapterId, title: '间隙', kind: 'article' as const };
  ({ lessonId } = await addLesson(client.db, cast.wang, { courseId, lesson, now }));
  for (const person of Object.values(cast) as (Viewer | string)[]) {
    if (typeof person === 'object') {
      cookies.set(person, await signedInCookie(context, person.personId));
    }
  }
});
afterAll(() => client.close());

const serve = (port = 0) => serveSocket(createCourseDraftSockets(context), port);
let server: TextServer;
let lines: DraftLine[];
beforeEach(async () => {
  lines = [];
  server = await serve();
});
afterEach(async () => {
  for (const line of lines) line.end();
  await server.close();
});

/** Somebody who has the course's editor open, by the code that the browser runs. */
function open(person: Viewer, url = server.url) {
  const headers = { cookie: cookies.get(person) ?? '' };
  const waiting = new Set<() => void>();
  const line = new DraftLine(
    {
      dial: () => {
        const socket = new Socket(`ws://${url}/api/course-drafts/${courseId}`, { headers });
        socket.on('error', () => undefined);
        return socket as unknown as WebSocket;
      },
      ask: async () => (await fetch(`http://${url}/api/course-drafts/${courseId}`)).status,
    },
    () => waiting.forEach((check) => check()),
  );
  lines.push(line);
  line.dial();
  const until = (what: (news: DraftNews) => boolean) =>
    new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(JSON.stringify(line.news))), 10_000);
      const check = () => {
        if (!what(line.news)) return;
        waiting.delete(check);
        clearTimeout(late);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return { line, until };
}

/** Whether the newest that was heard is how the draft stands now. */
async function untilCurrent(one: ReturnType<typeof open>): Promise<void> {
  const { outline, comments } = await getDraftMarks(client.db, courseId);
  await one.until(({ marks }) => marks?.outline === outline && marks.comments === comments);
}

const where = ({ people }: DraftNews) =>
  Object.fromEntries(people.map(({ name, organization, at }) => [`${name} ${organization}`, at]));

describe('those who have a course open', () => {
  test('hear within the round that a colleague changed the outline or said something, on another server too', async () => {
    const other = await serve();
    try {
      const [wang, zhou] = [open(cast.wang), open(cast.zhou, other.url)];
      await Promise.all([wang, zhou].map(untilCurrent));
      await addChapter(client.db, cast.zhou, { courseId, title: '试机', now });
      await Promise.all([wang, zhou].map(untilCurrent));
      const thread = { anchor: { kind: 'lesson' as const }, body: '讲得清楚。', mentions: [] };
      await beginThread(client.db, cast.zhou, { lessonId, thread, now });
      await Promise.all([wang, zhou].map(untilCurrent));
    } finally {
      await other.close();
    }
  });

  test('see each other by name and organization where they are, and no more once a line is gone', async () => {
    const [wang, zhou] = [open(cast.wang), open(cast.zhou)];
    zhou.line.goTo(lessonId);
    await wang.until((news) => where(news)['周建国 海岱动力集团'] === lessonId);
    zhou.line.goTo(courseId);
    await wang.until((news) => where(news)['周建国 海岱动力集团'] === courseId);
    wang.line.goTo(lessonId);
    await zhou.until((news) => where(news)['王敏 鸢都技师学院'] === lessonId);
    zhou.line.hangUp();
    expect(zhou.line.news.people).toEqual([]);
    await wang.until((news) => news.people.length === 1);
    zhou.line.dial();
    await wang.until((news) => where(news)['周建国 海岱动力集团'] === courseId);
  });

  test('find each other again after the server was killed, and hear what they missed', async () => {
    const [wang, zhou] = [open(cast.wang), open(cast.zhou)];
    zhou.line.goTo(lessonId);
    await wang.until((news) => where(news)['周建国 海岱动力集团'] === lessonId);
    const port = Number(server.url.split(':')[1]);
    await server.kill();
    await wang.until((news) => news.people.length === 0);
    await addChapter(client.db, cast.wang, { courseId, title: '验收', now });
    server = await serve(port);
    await Promise.all([wang, zhou].map(untilCurrent));
    await wang.until((news) => where(news)['周建国 海岱动力集团'] === lessonId);
  });
});

/** The answer to a handshake, or with `says` the code with which what was said is answered. */
function knock(id: string, cookie?: string, says?: string | Uint8Array): Promise<number> {
  return new Promise((resolve) => {
    const socket = new Socket(`ws://${server.url}/api/course-drafts/${id}`, {
      headers: cookie ? { cookie } : {},
    });
    socket.on('open', () => {
      if (says !== undefined) return socket.send(says);
      socket.terminate();
      resolve(101);
    });
    socket.on('close', resolve);
    socket.on('unexpected-response', (request, answer) => {
      request.destroy();
      resolve(answer.statusCode ?? 0);
    });
    socket.on('error', () => undefined);
  });
}

describe('who is let in', () => {
  test('readers of the draft, and nobody else', async () => {
    const may = (person?: Viewer) => knock(courseId, person && cookies.get(person));
    expect(await may()).toBe(401);
    expect(await may(cast.outsider)).toBe(404);
    expect(await may(cast.collegeLearner)).toBe(403);
    expect(await may(cast.otherInstructor)).toBe(403);
    expect(await knock('none', cookies.get(cast.wang))).toBe(404);
    for (const reader of [cast.wang, cast.zhou, cast.collegeManager, cast.administrator]) {
      expect(await may(reader)).toBe(101);
    }
  });

  test('whose right ends is put out, and shown no more', async () => {
    const [wang, zhou] = [open(cast.wang), open(cast.zhou)];
    await wang.until((news) => news.people.length === 2);
    const { enterprise: organizationId, zhou: author } = cast;
    const release = { courseId, organizationId, personId: author.personId, now };
    await releaseAuthor(client.db, cast.enterpriseManager, release);
    await wang.until((news) => news.people.length === 1);
    expect(zhou.line.news.people).toEqual([]);
    expect(await knock(courseId, cookies.get(cast.zhou))).toBe(403);
  }, 30_000);

  test('nonsense closes the connection that sent it, and no other', async () => {
    const wang = open(cast.wang);
    await untilCurrent(wang);
    const cookie = cookies.get(cast.collegeManager);
    const nonsense = ['', 'x', '{}', '{"at":7}', `{"at":"${'x'.repeat(65)}"}`, new Uint8Array([1])];
    for (const said of nonsense) expect(await knock(courseId, cookie, said)).toBe(CLOSE.garbage);
    expect(await knock(courseId, cookie, 'x'.repeat(1_100_000))).toBe(1009);
    expect(wang.line.news.people.map(({ name }) => name)).toContain('王敏');
  });
});
