import type { Db, Trx } from '~db/client.server';

/** Whether this is a video lesson of the course that shows no video yet. */
export async function awaitsVideo(
  db: Db | Trx,
  courseId: string,
  lessonId: string,
): Promise<boolean> {
  const lesson = await db
    .selectFrom('lesson')
    .select('id')
    .where('id', '=', lessonId)
    .where('course_id', '=', courseId)
    .where('kind', '=', 'video')
    .where('media_id', 'is', null)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return lesson !== undefined;
}

/** Shows a received video in the lesson it was uploaded for, unless that shows one by now. */
export async function showUpload(
  trx: Trx,
  upload: { lessonId: string; mediaId: string; personId: string; now: number },
): Promise<void> {
  await trx
    .updateTable('lesson')
    .set((eb) => ({
      media_id: upload.mediaId,
      version: eb('version', '+', 1),
      updated_by: upload.personId,
      updated_at: upload.now,
    }))
    .where('id', '=', upload.lessonId)
    .where('media_id', 'is', null)
    .where('removed_at', 'is', null)
    .execute();
}

/** Takes back a lesson that was made for an upload which was given up; not when somebody touched it since. */
export async function takeBackLesson(
  trx: Trx,
  upload: { lessonId: string; personId: string; now: number },
): Promise<void> {
  await trx
    .updateTable('lesson')
    .set({ removed_at: upload.now, updated_by: upload.personId, updated_at: upload.now })
    .where('id', '=', upload.lessonId)
    .where('media_id', 'is', null)
    .where('version', '=', 1)
    .where('removed_at', 'is', null)
    .execute();
}
