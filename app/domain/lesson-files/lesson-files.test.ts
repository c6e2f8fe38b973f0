import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { STORY_BEGINS as now } from '~db/testing-cast';
import { openMediaStore, type MediaStore } from '~/infra/media-store.server';
import { addLesson } from '../courses/add-lesson.server';
import {
  addOpenChapter,
  makeCourseCast,
  makeDraftCourse,
  type CourseCast,
} from '../courses/testing-courses';
import { Forbidden, Invalid, NotFound } from '../shared/errors';
import { addLessonFile, keyOfLessonFile, MOST_LESSON_FILE_BYTES } from './add-lesson-file.server';
import { getLessonFile } from './get-lesson-file.server';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let client: DatabaseClient;
let cast: CourseCast;
let store: MediaStore;
let folder: string;
let lessonId: string;
beforeAll(async () => {
  client = await openTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'jiangxue-lesson-files-'));
  store = openMediaStore(`file:${folder}`);
  cast = await makeCourseCast(client.db);
  const courseId = await makeDraftCourse(client.db, cast);
  const { chapterId } = await addOpenChapter(client.db, cast.wang, {
    courseId,
    title: '量具',
    now,
  });
  const lesson = { chapterId, title: '千分尺', kind: 'article' as const };
  ({ lessonId } = await addLesson(client.db, cast.wang, { courseId, lesson, now }));
});
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
});

const add = (by: CourseCast['wang'], content: Uint8Array, name = '千分尺.png') =>
  addLessonFile(client.db, store, by, { lessonId, name, content, now });

test('authors of either organization add pictures, which readers of the draft see and others do not', async () => {
  const { id, kind, width, height } = await add(cast.zhou, PNG);
  expect({ kind, width, height }).toEqual({ kind: 'image', width: 1, height: 1 });
  expect(await store.size(keyOfLessonFile(id))).toBe(PNG.length);
  for (const reader of [cast.wang, cast.zhou, cast.enterpriseManager, cast.administrator]) {
    expect(await getLessonFile(client.db, reader, id)).toMatchObject({ type: 'image/png' });
  }
  for (const other of [cast.outsider, cast.collegeLearner]) {
    await expect(getLessonFile(client.db, other, id)).rejects.toBeInstanceOf(NotFound);
  }
  await expect(getLessonFile(client.db, cast.wang, 'none')).rejects.toBeInstanceOf(NotFound);
});

test('nobody else adds any', async () => {
  await expect(add(cast.collegeManager, PNG)).rejects.toBeInstanceOf(Forbidden);
  await expect(add(cast.collegeLearner, PNG)).rejects.toBeInstanceOf(Forbidden);
  await expect(add(cast.outsider, PNG)).rejects.toBeInstanceOf(NotFound);
});

test('what is no picture by its content is an attachment, whatever its name', async () => {
  const content = new TextEncoder().encode('<script>steal()</script>');
  const { id, kind } = await add(cast.wang, content, '../x\u202egnp.exe.png');
  expect(kind).toBe('attachment');
  expect(await getLessonFile(client.db, cast.wang, id)).toMatchObject({
    name: 'xgnp.exe.png',
    type: 'application/octet-stream',
  });
});

test('a course holds so many bytes of files; what is too much leaves nothing behind', async () => {
  const { db } = client;
  const { id } = await add(cast.wang, PNG);
  const { total } = await db
    .selectFrom('lesson_file')
    .select(({ fn }) => fn.sum<number>('bytes').as('total'))
    .executeTakeFirstOrThrow();
  const grow = (by: number) =>
    db
      .updateTable('lesson_file')
      .set((eb) => ({ bytes: eb('bytes', '+', by) }))
      .where('id', '=', id)
      .execute();
  // Two at once, and room for one.
  await grow(MOST_LESSON_FILE_BYTES - Number(total) - PNG.length);
  const both = await Promise.allSettled([add(cast.wang, PNG), add(cast.zhou, PNG)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(add(cast.wang, PNG)).rejects.toMatchObject({ type: 'lesson-files-full' });
  const rows = await db.selectFrom('lesson_file').select('id').execute();
  const kept = [];
  for await (const { key } of store.list()) kept.push(key);
  expect(kept.sort()).toEqual(rows.map((row) => keyOfLessonFile(row.id)).sort());
  await grow(-PNG.length);
  await expect(add(cast.wang, PNG)).resolves.toMatchObject({ kind: 'image' });
});

test('an empty file and one that is too large are not kept', async () => {
  await expect(add(cast.wang, new Uint8Array())).rejects.toBeInstanceOf(Invalid);
  await expect(add(cast.wang, new Uint8Array(20_000_001))).rejects.toBeInstanceOf(Invalid);
  const huge = new Uint8Array(PNG);
  huge.set([0, 1, 0, 0, 0, 1, 0, 0], 16);
  await expect(add(cast.wang, huge)).rejects.toBeInstanceOf(Invalid);
});
