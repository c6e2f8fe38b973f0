import { CompiledQuery, type KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { STORY_BEGINS as now } from '~db/testing-cast';
import { openTestDatabase, testEngine } from '~db/testing.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { addChapter } from '../courses/add-chapter.server';
import { addLesson } from '../courses/add-lesson.server';
import { makeCourseCast, makeDraftCourse, type CourseCast } from '../courses/testing-courses';
import { requestPublication } from '../sign-offs/request-publication.server';
import { countWaiting } from './list-waiting.server';

let client: DatabaseClient;
let cast: CourseCast;
beforeAll(async () => {
  client = await openTestDatabase();
  cast = await makeCourseCast(client.db);
});
afterAll(() => client.close());

/** Makes a course with an open candidate. */
async function makeCandidate(): Promise<void> {
  const { db } = client;
  const courseId = await makeDraftCourse(db, cast);
  const { chapterId } = await addChapter(db, cast.wang, { courseId, title: '曲轴', now });
  const lesson = { chapterId, title: '间隙', kind: 'article' as const };
  const { lessonId } = await addLesson(db, cast.wang, { courseId, lesson, now });
  await db
    .updateTable('lesson')
    .set({ article_html: '<p>拧紧 210 N·m。</p>' })
    .where('id', '=', lessonId)
    .execute();
  await requestPublication(db, cast.wang, { courseId, note: '请看', now });
}

/** Counts what waits, and tells with which queries. */
async function watchCount(actor: Actor): Promise<{ count: number; asked: CompiledQuery[] }> {
  const compiled = new Map<unknown, CompiledQuery>();
  const asked: CompiledQuery[] = [];
  const watching: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      compiled.set(queryId, client.db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: ({ result, queryId }) => {
      asked.push(compiled.get(queryId)!);
      return Promise.resolve(result);
    },
  };
  return { count: await countWaiting(client.db.withPlugin(watching), actor), asked };
}

async function planOf({ sql, parameters }: CompiledQuery): Promise<string[]> {
  const explained = CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]);
  const { rows } = await client.db.executeQuery<{ detail: string }>(explained);
  return rows.map(({ detail }) => detail);
}

test('many candidates are counted with as many queries as one', async () => {
  const { asked: idle } = await watchCount(cast.wang);
  expect(idle).toHaveLength(2);
  await makeCandidate();
  const one = await watchCount(cast.wang);
  await makeCandidate();
  await makeCandidate();
  const three = await watchCount(cast.wang);
  expect([one.count, three.count]).toEqual([1, 3]);
  expect(three.asked).toHaveLength(one.asked.length);
});

test.runIf(testEngine === 'sqlite')(
  'open threads and candidates are found by their indexes, and no candidate’s content is touched',
  async () => {
    await makeCandidate();
    const counted = [await watchCount(cast.wang), await watchCount(cast.collegeManager)];
    const asked = counted.flatMap((one) => one.asked);
    const plan = (await Promise.all(asked.map(planOf))).flat();
    expect(plan).toContain('SEARCH open USING INDEX comment_thread_open (course_id=?)');
    expect(plan).toContain('SEARCH open USING INDEX comment_thread_open_created_by (created_by=?)');
    expect([...new Set(plan.filter((step) => step.startsWith('SCAN')))].sort()).toEqual([
      'SCAN organization',
      'SCAN publication_request USING COVERING INDEX publication_request_waiting',
    ]);
  },
);

test('a candidate from before its parts were kept is counted like any other', async () => {
  const before = (await watchCount(cast.wang)).count;
  await client.db.deleteFrom('publication_request_part').execute();
  expect((await watchCount(cast.wang)).count).toBe(before);
});
