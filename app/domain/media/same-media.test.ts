import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { STORY_BEGINS } from '~db/testing-cast';
import { openMediaStore } from '~/infra/media-store.server';
import type { Viewer } from '../accounts/viewer.server';
import { addChapter } from '../courses/add-chapter.server';
import { addLesson } from '../courses/add-lesson.server';
import { attachMedia } from '../courses/attach-media.server';
import { getLessonDraft } from '../courses/lesson-draft.server';
import { makeCourseCast, makeDraftCourse, type CourseCast } from '../courses/testing-courses';
import { newId } from '../shared/new-id.server';
import { keepMedia } from './keep-media.server';
import { listCourseMedia } from './list-course-media.server';
import { listSameMedia } from './list-same-media.server';
import { canWatchMedia } from './media-access.server';
import { reuseMedia } from './reuse-media.server';

const SHA = 'a'.repeat(64);
const now = STORY_BEGINS;
const folder = mkdtempSync(join(tmpdir(), 'jiangxue-same-'));
const store = openMediaStore(`file:${folder}`);

let client: DatabaseClient;
let cast: CourseCast;
let first: string;
let second: string;

beforeAll(async () => {
  client = await openTestDatabase();
  cast = await makeCourseCast(client.db);
});
beforeEach(async () => {
  await client.db.updateTable('media').set({ content_sha256: null }).execute();
  first = await makeDraftCourse(client.db, cast, false);
  second = await makeDraftCourse(client.db, cast);
});
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true, force: true });
});

async function receive(
  courseId: string,
  organizationId: string,
  uploader: Viewer,
  filename = '曲轴.mp4',
): Promise<string> {
  const id = newId();
  await client.db
    .insertInto('media')
    .values({
      id,
      course_id: courseId,
      organization_id: organizationId,
      uploaded_by: uploader.personId,
      filename,
      bytes: 100,
      state: 'ready',
      duration_ms: 60_000,
      width: 1280,
      height: 720,
      content_sha256: SHA,
      created_at: now,
      updated_at: now,
    })
    .execute();
  await store.write(`${id}/master.m3u8`, '#EXTM3U\n');
  return id;
}

async function lessonShowing(courseId: string, mediaId: string): Promise<string> {
  const { chapterId } = await addChapter(client.db, cast.wang, { courseId, title: '一', now });
  const lesson = { chapterId, kind: 'video' as const, title: '曲轴' };
  const { lessonId } = await addLesson(client.db, cast.wang, { courseId, lesson, now });
  await attachMedia(client.db, cast.wang, { lessonId, mediaId, replaces: null, now });
  return lessonId;
}

const shown = async (courseId: string, lessonId: string) =>
  (await getLessonDraft(client.db, courseId, lessonId)).media?.id;

describe('a video that the organization has already', () => {
  test('is offered with the course it is in; in its place the lesson shows the older one', async () => {
    const old = await receive(first, cast.college, cast.wang, '曲轴的结构.mp4');
    const again = await receive(second, cast.college, cast.wang);
    const lessonId = await lessonShowing(second, again);
    expect(await listSameMedia(client.db, cast.college, second)).toEqual([
      {
        mediaId: again,
        sameId: old,
        sameFilename: '曲轴的结构.mp4',
        courseTitle: '柴油发动机装配与调试',
      },
    ]);
    expect(await canWatchMedia(client.db, cast.zhou.personId, old)).toBe(false);

    await reuseMedia(client.db, store, cast.wang, { courseId: second, mediaId: again, now });
    expect(await shown(second, lessonId)).toBe(old);
    expect(await store.size(`${again}/master.m3u8`)).toBeUndefined();
    expect(await store.size(`${old}/master.m3u8`)).toBe(8);
    const rail = await listCourseMedia(client.db, second);
    expect(rail.map(({ id, own }) => [id, own])).toEqual([[old, false]]);
    // Whoever writes the second course may see what it shows.
    expect(await canWatchMedia(client.db, cast.zhou.personId, old)).toBe(true);
    expect(await canWatchMedia(client.db, cast.outsider.personId, old)).toBe(false);
    expect(await listSameMedia(client.db, cast.college, second)).toEqual([]);
  });

  test('may be kept all the same, and is not offered again', async () => {
    await receive(first, cast.college, cast.wang);
    const again = await receive(second, cast.college, cast.wang);
    await keepMedia(client.db, cast.wang, { courseId: second, mediaId: again, now });
    expect(await listSameMedia(client.db, cast.college, second)).toEqual([]);
    expect(await store.size(`${again}/master.m3u8`)).toBe(8);
  });

  test('of another organization is never spoken of, nor reached', async () => {
    await receive(first, cast.college, cast.wang);
    const theirs = await receive(second, cast.enterprise, cast.zhou);
    expect(await listSameMedia(client.db, cast.enterprise, second)).toEqual([]);
    expect(await listSameMedia(client.db, cast.college, second)).toEqual([]);
    const wanted = { courseId: second, mediaId: theirs, now };
    await expect(reuseMedia(client.db, store, cast.zhou, wanted)).rejects.toThrow('not-found');
    await expect(keepMedia(client.db, cast.zhou, wanted)).rejects.toThrow('not-found');
  });

  test('is offered to the organization’s own authors only', async () => {
    await receive(first, cast.college, cast.wang);
    const again = await receive(second, cast.college, cast.wang);
    expect(await listSameMedia(client.db, cast.enterprise, second)).toEqual([]);
    expect(await listSameMedia(client.db, undefined, second)).toEqual([]);
    const wanted = { courseId: second, mediaId: again, now };
    await expect(reuseMedia(client.db, store, cast.zhou, wanted)).rejects.toThrow('not-found');
    await expect(reuseMedia(client.db, store, cast.outsider, wanted)).rejects.toThrow('not-found');
    await expect(reuseMedia(client.db, store, cast.collegeManager, wanted)).rejects.toThrow(
      'forbidden',
    );
  });
});
