import type { Db, Trx } from '~db/client.server';
import { announceJob } from '~/infra/job-signal.server';
import type { MediaStore } from '~/infra/media-store.server';
import { getCourseMakers } from '../co-authoring/course-reach.server';
import { findPart } from '../co-authoring/part-reach.server';
import { editsPart } from '../co-authoring/part-rights';
import { showUpload } from '../courses/lesson-of-upload.server';
import { addJob } from '../jobs/add-job.server';
import { receivedBytes, syncUpload } from './upload-file.server';

/**
 * Turns an upload whose last byte has arrived into a received media with its conversion job, and shows
 * it in the lesson it was meant for, as long as that shows no other and its organization still edits that. Does nothing while bytes are
 * missing, and nothing the second time. Returns whether it is finished.
 */
export async function finishUpload(
  db: Db,
  store: MediaStore,
  uploadId: string,
  now: number,
): Promise<boolean> {
  const upload = await db
    .selectFrom('upload')
    .selectAll()
    .where('id', '=', uploadId)
    .executeTakeFirst();
  if (!upload) return false;
  if (upload.finished_at !== null) return true;
  if ((await receivedBytes(store, uploadId)) !== upload.bytes) return false;
  await syncUpload(store, uploadId);
  await db.transaction().execute(async (trx) => {
    const finished = await trx
      .updateTable('upload')
      .set({ finished_at: now })
      .where('id', '=', uploadId)
      .where('finished_at', 'is', null)
      .executeTakeFirst();
    if (Number(finished.numUpdatedRows) === 0) return;
    await trx
      .insertInto('media')
      .values({
        id: uploadId,
        course_id: upload.course_id,
        organization_id: upload.organization_id,
        uploaded_by: upload.person_id,
        filename: upload.filename,
        bytes: upload.bytes,
        state: 'received',
        duration_ms: 0,
        width: 0,
        height: 0,
        created_at: now,
        updated_at: now,
      })
      .execute();
    const { lesson_id: lessonId, person_id: personId } = upload;
    if (lessonId !== null && (await stillEdits(trx, upload.organization_id, lessonId))) {
      await showUpload(trx, { lessonId, mediaId: uploadId, personId, now });
    }
    await addJob(trx, { kind: 'convert-media', payload: { mediaId: uploadId }, now });
  });
  announceJob();
  return true;
}

async function stillEdits(trx: Trx, organizationId: string, lessonId: string): Promise<boolean> {
  const part = await findPart(trx, { lessonId });
  if (!part) return false;
  return editsPart(
    { authorFor: organizationId, ...(await getCourseMakers(trx, part.courseId)) },
    part,
  );
}
