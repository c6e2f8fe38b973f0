import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probeLink } from '~/infra/link-probe.server';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { STORY_BEGINS as now } from '~db/testing-cast';
import { claimJob } from '../jobs/claim-job.server';
import { replaceLessonText } from '../lesson-texts/replace-lesson-text.server';
import { Forbidden } from '../shared/errors';
import { requestPublication } from '../sign-offs/request-publication.server';
import { addChapter } from './add-chapter.server';
import { addLesson } from './add-lesson.server';
import { askLinkCheck } from './ask-link-check.server';
import { checkLinks } from './check-links.server';
import { getCourseDraft } from './course-draft.server';
import { judgeDraft } from './publication-state.server';
import { saveLesson } from './save-lesson.server';
import { listCourseVersions } from './published-courses.server';
import { makeCourseCast, makeDraftCourse, publishSigned, type CourseCast } from './testing-courses';

let client: DatabaseClient;
let cast: CourseCast;
let server: Server;
let site: string;
let answers = 404;
let asked = 0;
beforeAll(async () => {
  client = await openTestDatabase();
  cast = await makeCourseCast(client.db);
  server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(answers).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await client.close();
});

const tools = (at: number) => ({
  now: () => at,
  signal: new AbortController().signal,
  probe: (url: string) => probeLink(url, { isAllowed: () => true }),
});

/** What the worker does, as of a moment. */
async function work(at: number) {
  const claim = { kinds: ['check-links'] as const, owner: 'test', now: at, leaseMs: 1_000 };
  const job = await claimJob(client.db, claim);
  if (!job) return false;
  const { courseId = '', since } = job.payload;
  await checkLinks(client.db, { courseId, since: Number(since) }, tools(at));
  await client.db.deleteFrom('job').where('id', '=', job.id).execute();
  return true;
}

test('a link that is written is asked by itself, and what is open stays with the version and its reason', async () => {
  const { db } = client;
  const courseId = await makeDraftCourse(db, cast, false);
  const { chapterId } = await addChapter(db, cast.wang, { courseId, title: '量具', now });
  const lesson = { chapterId, title: '保养卡', kind: 'article' as const };
  const { lessonId } = await addLesson(db, cast.wang, { courseId, lesson, now });
  const html = `<p>见<a href="${site}/standard">标准</a></p>`;
  await replaceLessonText(db, cast.wang, { lessonId, html, now });
  const open = async () => (await judgeDraft(db, await getCourseDraft(db, courseId))).openPoints;
  const place = { lessonId, title: '保养卡' };
  const url = `${site}/standard`;
  expect(await open()).toEqual([
    { kind: 'no-plan', ...place },
    { kind: 'link-unchecked', ...place, url },
  ]);

  expect(await work(now + 1)).toBe(true);
  const fails = { kind: 'link-fails', ...place, url, status: 404, checkedAt: now + 1 };
  expect(await open()).toEqual([{ kind: 'no-plan', ...place }, fails]);
  await replaceLessonText(db, cast.wang, { lessonId, html: `${html}<p>二</p>`, now: now + 2 });
  expect(await work(now + 2)).toBe(false);

  const plan = { title: '保养卡', authorId: cast.wang.personId, plannedMinutes: 10 };
  await saveLesson(db, cast.wang, { courseId, lessonId, version: 1, fields: plan, now });
  await expect(
    requestPublication(db, cast.wang, { courseId, note: '  ', now }),
  ).rejects.toMatchObject({ errors: [{ pointer: '/note', message: 'noteForOpenPoints' }] });
  await publishSigned(db, cast.wang, [], { courseId, now: now + 3 });
  expect(await listCourseVersions(db, courseId)).toMatchObject([
    { note: '按教学计划发布', openPoints: [fails] },
  ]);

  answers = 200;
  await askLinkCheck(db, cast.wang, { courseId, now: now + 4 });
  await askLinkCheck(db, cast.wang, { courseId, now: now + 5 });
  const before = asked;
  expect(await work(now + 6)).toBe(true);
  expect(await work(now + 6)).toBe(false);
  expect(asked).toBe(before + 1);
  expect(await open()).toEqual([]);
  await expect(askLinkCheck(db, cast.collegeManager, { courseId, now })).rejects.toBeInstanceOf(
    Forbidden,
  );
});
