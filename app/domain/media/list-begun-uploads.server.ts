import type { Db } from '~db/client.server';
import type { MediaStore } from '~/infra/media-store.server';
import { receivedBytes } from './upload-file.server';

/** An upload that was begun and not finished, wherever that was. */
export interface BegunUpload {
  id: string;
  filename: string;
  bytes: number;
  receivedBytes: number;
  /** Of the file where it lies, ms since 1970: name, length and this are how it is known again. */
  fileModifiedAt: number | null;
}

const MOST_ROWS = 100;

/** The person's own unfinished uploads into a course, the oldest first. */
export async function listBegunUploads(
  db: Db,
  store: MediaStore,
  asked: { personId: string; courseId: string },
): Promise<BegunUpload[]> {
  const rows = await db
    .selectFrom('upload')
    .select(['id', 'filename', 'bytes', 'file_modified_at'])
    .where('person_id', '=', asked.personId)
    .where('course_id', '=', asked.courseId)
    .where('finished_at', 'is', null)
    .orderBy('id')
    .limit(MOST_ROWS)
    .execute();
  return Promise.all(
    rows.map(async ({ id, filename, bytes, file_modified_at: fileModifiedAt }) => ({
      id,
      filename,
      bytes,
      receivedBytes: (await receivedBytes(store, id)) ?? 0,
      fileModifiedAt,
    })),
  );
}
