import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { DatabaseClient } from '~db/client.server';
import {
  type CastCourse,
  makeCourse,
  makeOrganization,
  makePerson,
  STORY_BEGINS,
} from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { openMediaStore, type MediaStore } from '~/infra/media-store.server';
import type { Viewer } from '../accounts/viewer.server';
import { addRenditions } from './add-renditions.server';
import type { RenditionPlan } from './conversion-plan';
import { convertMedia } from './convert-media.server';
import { encodeMedia } from './encode-media.server';
import { finishUpload } from './finish-upload.server';
import { startUpload } from './start-upload.server';

export interface Studio {
  client: DatabaseClient;
  db: DatabaseClient['db'];
  store: MediaStore;
  /** A folder for the test's own files. */
  folder: string;
  college: string;
  author: Viewer;
  course: CastCourse;
  courseId: string;
  lessonId: string;
  now: () => number;
  /** Uploads a local file whole, as the author; answers the media's id. */
  receive(file: string): Promise<string>;
  /** Runs a media's jobs, one after another, until none is left. */
  convert(mediaId: string): Promise<void>;
  close(): Promise<void>;
}

/** One real video: ffmpeg's arguments between the inputs and the output file. */
export function film(file: string, ...args: string[]): string {
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args, file]);
  return file;
}

/** Arguments of a moving test picture with a tone, `seconds` long. */
export function pictureAndTone(size: string, seconds: number, rate = '25'): string[] {
  return [
    ...['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=${seconds}`],
    ...['-f', 'lavfi', '-i', `sine=440:d=${seconds}`],
  ];
}

export const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

/** A college with an author and a course, an empty media store, and a folder: on a real database. */
export async function openStudio(): Promise<Studio> {
  const client = await openTestDatabase();
  const { db } = client;
  const folder = mkdtempSync(join(tmpdir(), 'jiangxue-studio-'));
  const store = openMediaStore(`file:${join(folder, 'media')}`);
  mkdirSync(store.uploads, { recursive: true });
  const college = await makeOrganization(db, { name: '鸢都技师学院' });
  const author = await makePerson(db, {
    name: '李海涛',
    roles: [{ organizationId: college, role: 'instructor' }],
  });
  const course = await makeCourse(db, {
    title: '灌装线操作',
    organizationId: college,
    authorId: author.personId,
    lessons: [{ title: '认识灌装线' }],
  });
  await db
    .insertInto('course_author')
    .values({
      course_id: course.courseId,
      person_id: author.personId,
      organization_id: college,
      named_by: author.personId,
      named_at: STORY_BEGINS,
    })
    .onConflict((oc) => oc.columns(['course_id', 'person_id']).doNothing())
    .execute();
  let at = STORY_BEGINS;
  const now = () => (at += 1);
  return {
    client,
    db,
    store,
    folder,
    college,
    author,
    course,
    courseId: course.courseId,
    lessonId: course.lessons[0]?.id ?? '',
    now,
    async receive(file) {
      const bytes = statSync(file).size;
      const filename = basename(file);
      const input = { courseId: course.courseId, filename, bytes, now: now() };
      const id = await startUpload(db, author, input);
      copyFileSync(file, join(store.uploads, id));
      writeFileSync(join(store.uploads, `${id}.json`), '{}');
      await finishUpload(db, store, id, now());
      return id;
    },
    async convert(mediaId) {
      const signal = new AbortController().signal;
      const tools = { store, now, signal };
      for (;;) {
        const job = await db
          .selectFrom('job')
          .select(['id', 'kind', 'payload'])
          .where('finished_at', 'is', null)
          .where('payload', 'like', `%${mediaId}%`)
          .executeTakeFirst();
        if (!job) return;
        const { renditions = '[]' } = JSON.parse(job.payload) as { renditions?: string };
        if (job.kind === 'convert-media') await convertMedia(db, mediaId, tools);
        if (job.kind === 'encode-media') await encodeMedia(db, mediaId, tools);
        if (job.kind === 'add-renditions') {
          const plans = JSON.parse(renditions) as RenditionPlan[];
          await addRenditions(db, { mediaId, renditions: plans }, tools);
        }
        await db.updateTable('job').set({ finished_at: now() }).where('id', '=', job.id).execute();
      }
    },
    async close() {
      await client.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
