import type { Db, Trx } from '~db/client.server';
import type { MediaStore } from '~/infra/media-store.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { lockCourse } from '../courses/lock-course.server';
import { requireTextReader } from '../lesson-texts/lesson-text-reach.server';
import { Conflict, Forbidden, Invalid } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { readImage } from './read-image';

/** Of one file, bytes. */
export const LARGEST_LESSON_FILE = 20_000_000;
/** Of all files of a course's texts together, bytes: a hundred of the largest. */
export const MOST_LESSON_FILE_BYTES = 2_000_000_000;
/** More than phones take. */
const MOST_PIXELS = 60_000_000;
const LONGEST_NAME = 120;

export interface AddedFile {
  id: string;
  kind: 'image' | 'attachment';
  name: string;
  bytes: number;
  /** Pixels; 0 for attachments. */
  width: number;
  height: number;
}

/**
 * Keeps a picture or an attachment for a lesson's text: what is a PNG, JPEG or WebP by its content is a
 * picture, all else an attachment, which is only ever served as a download. For those who write the text;
 * outsiders get NotFound, others Forbidden. Invalid when it is empty or too large; Conflict `lesson-files-full` when
 * the course's files would come to more than MOST_LESSON_FILE_BYTES. Nothing is kept then.
 */
export async function addLessonFile(
  db: Db,
  store: MediaStore,
  actor: Actor,
  input: { lessonId: string; name: string; content: Uint8Array; now: number },
): Promise<AddedFile> {
  const { lessonId, content, now } = input;
  const { courseId, writesFor } = await requireTextReader(db, actor, lessonId);
  if (!writesFor) throw new Forbidden();
  const image = readImage(content);
  const wrong =
    content.length === 0
      ? 'empty'
      : content.length > LARGEST_LESSON_FILE || (image && image.width * image.height > MOST_PIXELS)
        ? 'tooLarge'
        : undefined;
  if (wrong) throw new Invalid([{ pointer: '', message: wrong }]);
  const added: AddedFile = {
    id: newId(),
    kind: image ? 'image' : 'attachment',
    name: plainName(input.name),
    bytes: content.length,
    width: image?.width ?? 0,
    height: image?.height ?? 0,
  };
  // Before the row: a row without its file would be a broken picture, a file without a row is only space.
  const key = keyOfLessonFile(added.id);
  await store.write(key, content);
  const full = await db.transaction().execute(async (trx) => {
    if ((await loadRoom(trx, courseId)) < content.length) return true;
    await trx
      .insertInto('lesson_file')
      .values({
        ...added,
        course_id: courseId,
        lesson_id: lessonId,
        organization_id: writesFor,
        uploaded_by: actor.personId,
        type: image?.type ?? 'application/octet-stream',
        created_at: now,
      })
      .execute();
    return false;
  });
  if (!full) return added;
  await store.remove(key);
  throw new Conflict(
    'lesson-files-full',
    'The course has no room for this file. Nothing was kept.',
  );
}

/** How many bytes of files the course can still take, until the transaction ends. */
async function loadRoom(trx: Trx, courseId: string): Promise<number> {
  await lockCourse(trx, courseId);
  const { used } = await trx
    .selectFrom('lesson_file')
    .select(({ fn }) => fn.sum<number | null>('bytes').as('used'))
    .where('course_id', '=', courseId)
    .executeTakeFirstOrThrow();
  return MOST_LESSON_FILE_BYTES - Number(used ?? 0);
}

/** Where a lesson's file lies in the media store. */
export const keyOfLessonFile = (fileId: string): string => `lesson-files/${fileId}`;

/** The file's own name without a path, control characters or directions of writing. */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069"]/g, '');
  return plain.trim().slice(-LONGEST_NAME) || 'file';
}
