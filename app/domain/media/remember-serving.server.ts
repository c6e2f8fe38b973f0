import type { Db } from '~db/client.server';

/** Notes that a playlist or a part of this media was served to this person; the first time stands. */
export async function rememberServing(
  db: Db,
  serving: { personId: string; mediaId: string; now: number },
): Promise<void> {
  await db
    .insertInto('media_serving')
    .values({ person_id: serving.personId, media_id: serving.mediaId, first_at: serving.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
