import type { AppLoadContext } from '@remix-run/node';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket as Socket } from 'ws';
import * as Y from 'yjs';
import type { DatabaseClient } from '~db/client.server';
import { STORY_BEGINS as now } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { releaseAuthor } from '~/domain/co-authoring/release-author.server';
import { beginThread } from '~/domain/comments/begin-thread.server';
import { addLesson } from '~/domain/courses/add-lesson.server';
import { getLessonDraft } from '~/domain/courses/lesson-draft.server';
import {
  addOpenChapter,
  makeCourseCast,
  makeDraftCourse,
  type CourseCast,
} from '~/domain/courses/testing-courses';
import { deriveArticle } from '~/domain/lesson-texts/derive-article.server';
import { openLessonText } from '~/domain/lesson-texts/open-lesson-text.server';
import { replaceLessonText } from '~/domain/lesson-texts/replace-lesson-text.server';
import { MESSAGE, SYNC, syncMessage } from '~/domain/lesson-texts/text-protocol';
import { CLOSE, type Writer } from '~/domain/shared/live-line';
import { signedInCookie, testContext } from './testing-request.server';
import {
  openClient,
  plainText,
  serveTexts,
  settled,
  type TextClient,
  type TextServer,
} from './testing-texts';

let client: DatabaseClient;
let context: AppLoadContext;
let cast: CourseCast;
let courseId: string;
let chapterId: string;
const cookies = new Map<Viewer, string>();
beforeAll(async () => {
  client = await openTestDatabase();
  context = testContext(client, now);
  cast = await makeCourseCast(client.db);
  courseId = await makeDraftCourse(client.db, cast);
  chapterId = (await addOpenChapter(client.db, cast.wang, { courseId, title: '曲轴', now }))
    .chapterId;
  for (const person of Object.values(cast) as (Viewer | string)[]) {
    if (typeof person === 'object') {
      cookies.set(person, await signedInCookie(context, person.personId));
    }
  }
});
afterAll(() => client.close());

let server: TextServer;
let clients: TextClient[];
beforeEach(async () => {
  clients = [];
  server = await serveTexts(context);
});
afterEach(async () => {
  for (const one of clients) one.line.end();
  await server.close();
});

async function makeLesson(articleHtml = '<p>间隙</p>'): Promise<string> {
  const lesson = { chapterId, title: '间隙', kind: 'article' as const };
  const { lessonId } = await addLesson(client.db, cast.wang, { courseId, lesson, now });
  await client.db
    .updateTable('lesson')
    .set({ article_html: articleHtml })
    .where('id', '=', lessonId)
    .execute();
  return lessonId;
}

function open(person: Viewer, lessonId: string, url = server.url): TextClient {
  const opened = openClient(url, lessonId, cookies.get(person) ?? '');
  clients.push(opened);
  return opened;
}

/** The answer to a handshake: 101, or the status it is refused with. */
function knock(lessonId: string, cookie?: string): Promise<number> {
  return new Promise((resolve) => {
    const socket = new Socket(`ws://${server.url}/api/lesson-texts/${lessonId}`, {
      headers: cookie ? { cookie } : {},
    });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (request, answer) => {
      request.destroy();
      resolve(answer.statusCode ?? 0);
    });
    socket.on('error', () => undefined);
  });
}

const stored = async (lessonId: string) => {
  const { doc } = await openLessonText(client.db, lessonId, now);
  return Y.encodeStateAsUpdate(doc);
};
const article = async (lessonId: string) =>
  (await getLessonDraft(client.db, courseId, lessonId)).articleHtml;

describe('a lesson written by two at once', () => {
  test('has what both wrote, and its article follows by itself', async () => {
    const lessonId = await makeLesson();
    const [wang, zhou] = [open(cast.wang, lessonId), open(cast.zhou, lessonId)];
    await Promise.all([wang.until(settled), zhou.until(settled)]);
    wang.write(0, '主轴承');
    zhou.write(99, '0.04');
    const both = '主轴承间隙0.04';
    await wang.until((state) => settled(state) && wang.words() === both);
    await zhou.until((state) => settled(state) && zhou.words() === both);
    await expect.poll(() => article(lessonId), { timeout: 10_000 }).toBe(`<p>${both}</p>`);
    const text = await client.db
      .selectFrom('lesson_text_edit')
      .select(['person_id', 'organization_id'])
      .where('lesson_id', '=', lessonId)
      .orderBy('person_id')
      .execute();
    expect(text.map((row) => row.organization_id).sort()).toEqual(
      [cast.college, cast.enterprise].sort(),
    );
    const lesson = await getLessonDraft(client.db, courseId, lessonId);
    expect([lesson.version, lesson.updatedBy]).toEqual([1, '王敏']);
  });

  test('is begun once by two servers', async () => {
    const lessonId = await makeLesson('<p>一</p><p>二</p>');
    const other = await serveTexts(context);
    try {
      const [wang, zhou] = [open(cast.wang, lessonId), open(cast.zhou, lessonId, other.url)];
      await Promise.all([wang.until(settled), zhou.until(settled)]);
      expect([wang.words(), zhou.words()]).toEqual(['一\n二', '一\n二']);
    } finally {
      await other.close();
    }
  });

  test('over two servers reaches both', async () => {
    const lessonId = await makeLesson();
    const other = await serveTexts(context);
    try {
      const [wang, zhou] = [open(cast.wang, lessonId), open(cast.zhou, lessonId, other.url)];
      await Promise.all([wang.until(settled), zhou.until(settled)]);
      wang.write(0, '左');
      zhou.write(99, '右');
      await Promise.all(
        [wang, zhou].map((one) =>
          one.until((state) => settled(state) && one.words() === '左间隙右'),
        ),
      );
    } finally {
      await other.close();
    }
  });

  test('shows what an action beside the editor put there, and merges it', async () => {
    const lessonId = await makeLesson('<p>旧</p>');
    const wang = open(cast.wang, lessonId);
    await wang.until(settled);
    await replaceLessonText(client.db, cast.zhou, { lessonId, html: '<p>旧的</p><p>新</p>', now });
    await wang.until(() => wang.words() === '旧的\n新');
    expect(await article(lessonId)).toBe('<p>旧的</p><p>新</p>');
  });

  test('tells those who have it open that something was said about it', async () => {
    const lessonId = await makeLesson();
    const wang = open(cast.wang, lessonId);
    await wang.until(settled);
    const thread = { anchor: { kind: 'lesson' as const }, body: '讲得清楚。', mentions: [] };
    await beginThread(client.db, cast.zhou, { lessonId, thread, now });
    await wang.until((state) => state.comments > 0);
  });

  test('names each to the other as the server knows them, whatever their program says', async () => {
    const lessonId = await makeLesson();
    const [wang, zhou] = [open(cast.wang, lessonId), open(cast.zhou, lessonId)];
    await Promise.all([wang.until(settled), zhou.until(settled)]);
    wang.line.presence.setLocalState({ user: { name: '刘主任' }, cursor: null });
    const names = () =>
      [...zhou.line.presence.getStates().values()].map((state) => (state.user as Writer)?.name);
    await zhou.until(() => names().includes('王敏'));
    expect(names()).not.toContain('刘主任');
    wang.line.end();
    await zhou.until(() => !names().includes('王敏'));
  });
});

describe('a server that is killed', () => {
  test('has lost nothing that it acknowledged, and what it had not heard of comes again', async () => {
    const lessonId = await makeLesson();
    const wang = open(cast.wang, lessonId);
    await wang.until(settled);
    wang.write(0, '甲');
    await wang.until((state) => settled(state) && wang.words() === '甲间隙');
    const port = Number(server.url.split(':')[1]);
    await server.kill();
    expect((await openLessonText(client.db, lessonId, now)).doc.getXmlFragment('text').length).toBe(
      1,
    );
    wang.write(0, '乙');
    await wang.until((state) => state.line === 'waiting' && state.unsaved);
    server = await serveTexts(context, port);
    await wang.until((state) => settled(state) && wang.words() === '乙甲间隙');
    const zhou = open(cast.zhou, lessonId);
    await zhou.until(() => zhou.words() === '乙甲间隙');
  });

  test('leaves no article behind its text: the next one brings it up to date', async () => {
    const lessonId = await makeLesson();
    const { doc } = await openLessonText(client.db, lessonId, now);
    expect(doc).toBeDefined();
    await client.db
      .updateTable('lesson_text')
      .set({ last_number: 1 })
      .where('lesson_id', '=', lessonId)
      .execute();
    const next = await serveTexts(context);
    await expect.poll(() => deriveArticle(client.db, lessonId), { timeout: 5_000 }).toBe(false);
    await next.close();
  });
});

interface Step {
  who: number;
  does: 'write' | 'erase' | 'drop' | 'dial';
  at: number;
  words: string;
}
const steps = fc.array(
  fc.record<Step>({
    who: fc.nat(2),
    does: fc.constantFrom('write', 'write', 'write', 'erase', 'drop', 'dial'),
    at: fc.nat(12),
    words: fc.constantFrom('甲', '0.04', ' ', '间隙', '⚠', '𠮷'),
  }),
  { minLength: 5, maxLength: 40 },
);

test('whoever writes what in whichever order, dropped lines and a restart included, all copies become one and it is stored', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(39), async (story, restartAt) => {
      const lessonId = await makeLesson('<p>量具</p>');
      const people = [cast.wang, cast.zhou, cast.wang].map((person) => open(person, lessonId));
      await Promise.all(people.map((one) => one.until(settled)));
      for (const [index, step] of story.entries()) {
        const one = people[step.who];
        if (!one) continue;
        if (step.does === 'write') one.write(step.at, step.words);
        if (step.does === 'erase') one.erase(step.at, 2);
        if (step.does === 'drop') one.line.hangUp();
        if (step.does === 'dial') one.line.dial();
        if (index % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
        if (index === restartAt) {
          const port = Number(server.url.split(':')[1]);
          await server.kill();
          server = await serveTexts(context, port);
        }
      }
      for (const one of people) one.line.dial();
      await Promise.all(people.map((one) => one.until(settled)));
      const copies = () => new Set(people.map((one) => one.words())).size;
      await expect.poll(copies, { timeout: 8_000 }).toBe(1);
      const kept = new Y.Doc();
      Y.applyUpdate(kept, await stored(lessonId));
      const paragraph = kept.getXmlFragment('text').get(0) as Y.XmlElement;
      expect(plainText(paragraph)).toBe(people[0]?.words());
      for (const one of people) one.line.end();
    }),
    { numRuns: 8, endOnFailure: true },
  );
}, 120_000);

describe('who is let in', () => {
  test('authors write, other readers of the draft read, nobody else comes in', async () => {
    const lessonId = await makeLesson();
    const may = async (person?: Viewer) => knock(lessonId, person && cookies.get(person));
    expect(await may()).toBe(401);
    expect(await may(cast.outsider)).toBe(404);
    expect(await may(cast.collegeLearner)).toBe(403);
    expect(await may(cast.otherInstructor)).toBe(403);
    expect(await knock('none', cookies.get(cast.wang))).toBe(404);
    for (const reader of [cast.collegeManager, cast.enterpriseManager, cast.administrator]) {
      const one = open(reader, lessonId);
      await one.until((state) => state.loaded);
      expect(one.line.state.mayWrite).toBe(false);
    }
    const wang = open(cast.wang, lessonId);
    await wang.until((state) => settled(state) && state.mayWrite);
  });

  test('what a reader sends changes nothing', async () => {
    const lessonId = await makeLesson();
    const [reader, wang] = [open(cast.collegeManager, lessonId), open(cast.wang, lessonId)];
    await Promise.all([reader, wang].map((one) => one.until((state) => state.loaded)));
    reader.write(0, '偷改');
    wang.write(0, '主');
    await wang.until((state) => settled(state));
    expect(wang.words()).toBe('主间隙');
    expect(reader.line.state.unsaved).toBe(true);
  });

  test('whose right ends reads on, and whose sign-in ends is put out', async () => {
    const lessonId = await makeLesson();
    const [wang, zhou] = [open(cast.wang, lessonId), open(cast.zhou, lessonId)];
    await Promise.all([wang, zhou].map((one) => one.until((state) => state.mayWrite)));
    await client.db
      .deleteFrom('sign_in_session')
      .where('person_id', '=', cast.wang.personId)
      .execute();
    const { enterprise: organizationId, zhou: author } = cast;
    const release = { courseId, organizationId, personId: author.personId, now };
    await releaseAuthor(client.db, cast.enterpriseManager, release);
    await zhou.until((state) => state.line === 'refused' && state.reason === 'forbidden');
    await wang.until((state) => state.line === 'refused' && state.reason === 'signed-out');
    cookies.set(cast.wang, await signedInCookie(context, cast.wang.personId));
  }, 30_000);

  test('a person has so many connections and no more', async () => {
    const lessonId = await makeLesson();
    const many = Array.from({ length: 20 }, () => open(cast.administrator, lessonId));
    await Promise.all(many.map((one) => one.until((state) => state.loaded)));
    expect(await knock(lessonId, cookies.get(cast.administrator))).toBe(429);
  });
});

describe('nonsense', () => {
  const send = (lessonId: string, message: Uint8Array | string): Promise<number> =>
    new Promise((resolve) => {
      const cookie = cookies.get(cast.wang) ?? '';
      const socket = new Socket(`ws://${server.url}/api/lesson-texts/${lessonId}`, {
        headers: { cookie },
      });
      socket.on('open', () => socket.send(message));
      socket.on('close', resolve);
      socket.on('error', () => undefined);
    });

  test('closes the connection that sent it, and no other', async () => {
    const lessonId = await makeLesson();
    const wang = open(cast.wang, lessonId);
    await wang.until(settled);
    const before = await stored(lessonId);
    const nonsense: (Uint8Array | string)[] = [
      'text',
      new Uint8Array(),
      new Uint8Array([9, 9, 9]),
      new Uint8Array([MESSAGE.saved, 200, 1]),
      new Uint8Array([MESSAGE.awareness, 4, 1, 1, 1, 1]),
      syncMessage(SYNC.edit, new Uint8Array([3, 200, 200, 9, 1])),
      syncMessage(SYNC.answer, new Uint8Array([255])),
      syncMessage(7, new Uint8Array([0, 0])),
    ];
    for (const message of nonsense) {
      expect([message, await send(lessonId, message)]).toEqual([message, CLOSE.garbage]);
    }
    expect(await send(lessonId, new Uint8Array(1_100_000))).toBe(1009);
    wang.write(0, '还在');
    await wang.until(settled);
    expect(wang.words()).toBe('还在间隙');
    expect((await stored(lessonId)).length).toBeGreaterThan(before.length);
  });

  test('of any kind never ends the server', async () => {
    const lessonId = await makeLesson();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        const code = await Promise.race([
          send(lessonId, bytes),
          new Promise((resolve) => setTimeout(resolve, 50)),
        ]);
        expect([undefined, CLOSE.garbage]).toContain(code);
      }),
      { numRuns: 40 },
    );
    const zhou = open(cast.collegeManager, lessonId);
    await zhou.until((state) => state.loaded);
    expect(zhou.words()).toBe('间隙');
  });
});
