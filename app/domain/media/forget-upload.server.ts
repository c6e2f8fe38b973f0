import type { Db } from '~db/client.server';

/** Forgets an upload that its owner gave up; one that is finished stays. */
export async function forgetUpload(db: Db, uploadId: string): Promise<void> {
  await db
    .deleteFrom('upload')
    .where('id', '=', uploadId)
    .where('finished_at', 'is', null)
    .execute();
}
