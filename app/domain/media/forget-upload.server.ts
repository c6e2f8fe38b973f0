import type { Db } from '~db/client.server';
import { takeBackLesson } from '../courses/lesson-of-upload.server';

/**
 * Forgets an upload that its owner gave up; one that is finished stays. The lesson that was made for
 * it goes, too, as long as nobody has touched that since.
 */
export async function forgetUpload(db: Db, uploadId: string, now: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const forgotten = await trx
      .deleteFrom('upload')
      .where('id', '=', uploadId)
      .where('finished_at', 'is', null)
      .returning(['lesson_id', 'person_id'])
      .executeTakeFirst();
    if (!forgotten?.lesson_id) return;
    const { lesson_id: lessonId, person_id: personId } = forgotten;
    await takeBackLesson(trx, { lessonId, personId, now });
  });
}
