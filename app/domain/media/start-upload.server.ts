import type { Db } from '~db/client.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { requirePartEditor } from '../co-authoring/part-reach.server';
import { awaitsVideo } from '../courses/lesson-of-upload.server';
import { Invalid } from '../shared/errors';
import { newId } from '../shared/new-id.server';

export const LARGEST_UPLOAD = 10 * 1024 ** 3;
const LONGEST_FILENAME = 200;

/**
 * Opens an upload into a course, for its authors only (NotFound for outsiders, Forbidden for other
 * insiders), perhaps for one of its video lessons that they edit and that shows none yet (Invalid for any other). Returns
 * its id, which becomes the media's. Bytes: 1 to 10 GiB.
 */
export async function startUpload(
  db: Db,
  actor: Actor,
  input: {
    courseId: string;
    filename: string;
    bytes: number;
    lessonId?: string | undefined;
    /** When the file was last changed where it lies, ms since 1970. */
    fileModifiedAt?: number | undefined;
    now: number;
  },
): Promise<string> {
  const { authorFor } = await requireAuthor(db, actor, input.courseId);
  if (!Number.isInteger(input.bytes) || input.bytes < 1 || input.bytes > LARGEST_UPLOAD) {
    throw new Invalid([{ pointer: '/length', message: 'must be 1 byte to 10 GiB' }]);
  }
  const lessonId = input.lessonId ?? null;
  if (lessonId !== null) await requireLessonToFill(db, actor, input.courseId, lessonId);
  const id = newId();
  await db
    .insertInto('upload')
    .values({
      id,
      person_id: actor.personId,
      course_id: input.courseId,
      organization_id: authorFor,
      filename: cleanFilename(input.filename),
      bytes: input.bytes,
      lesson_id: lessonId,
      file_modified_at: input.fileModifiedAt ?? null,
      created_at: input.now,
    })
    .execute();
  return id;
}

async function requireLessonToFill(db: Db, actor: Actor, courseId: string, lessonId: string) {
  if (!(await awaitsVideo(db, courseId, lessonId))) {
    throw new Invalid([{ pointer: '/metadata/lessonId', message: 'is no lesson without a video' }]);
  }
  await requirePartEditor(db, actor, { courseId, lessonId });
}

/** A name to show, never a path: the last part, without control characters. */
function cleanFilename(filename: string): string {
  const last = filename.split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/\p{Cc}/gu, '').trim();
  return [...(clean || 'video')].slice(0, LONGEST_FILENAME).join('');
}
