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

/** How the engine goes about a query; PostgreSQL is told to take an index wherever one can serve, since few rows are here. */
async function planOf({ sql, parameters }: CompiledQuery): Promise<string[]> {
  const onSqlite = testEngine === 'sqlite';
  const explained = CompiledQuery.raw(`explain ${onSqlite ? 'query plan ' : ''}${sql}`, [
    ...parameters,
  ]);
  return client.db.transaction().execute(async (trx) => {
    if (!onSqlite) await trx.executeQuery(CompiledQuery.raw('set local enable_seqscan = off'));
    const { rows } = await trx.executeQuery<Record<string, string>>(explained);
    return rows.map((row) => row.detail ?? row['QUERY PLAN'] ?? '');
  });
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

test('open threads and candidates are found by their indexes, and no candidate’s content is touched', async () => {
  await makeCandidate();
  const counted = [await watchCount(cast.wang), await watchCount(cast.collegeManager)];
  const asked = counted.flatMap((one) => one.asked);
  const plan = (await Promise.all(asked.map(planOf))).flat();
  for (const index of [
    'comment_thread_open',
    'comment_thread_open_created_by',
    'publication_request_waiting',
  ]) {
    expect(plan.some((step) => new RegExp(`\\b${index}\\b`).test(step))).toBe(true);
  }
  if (testEngine !== 'sqlite') return;
  expect([...new Set(plan.filter((step) => step.startsWith('SCAN')))].sort()).toEqual([
    'SCAN organization',
    'SCAN publication_request USING COVERING INDEX publication_request_waiting',
  ]);
});

test('a candidate from before its parts were kept is counted like any other', async () => {
  const before = (await watchCount(cast.wang)).count;
  await client.db.deleteFrom('publication_request_part').execute();
  expect((await watchCount(cast.wang)).count).toBe(before);
});
