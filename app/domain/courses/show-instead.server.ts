import type { Trx } from '~db/client.server';

/** The lessons of the course's draft that show a video. */
export async function listShowing(trx: Trx, courseId: string, mediaId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('lesson')
    .select('id')
    .where('course_id', '=', courseId)
    .where('media_id', '=', mediaId)
    .where('removed_at', 'is', null)
    .execute();
  return rows.map((row) => row.id);
}

/**
 * Lets every lesson of the course's draft that shows one video show another. Says whether a published
 * version still shows the first, which never changes.
 */
export async function showInstead(
  trx: Trx,
  change: { courseId: string; mediaId: string; insteadId: string; personId: string; now: number },
): Promise<{ published: boolean }> {
  const { courseId, mediaId, insteadId, personId, now } = change;
  await trx
    .updateTable('lesson')
    .set((eb) => ({
      media_id: insteadId,
      version: eb('version', '+', 1),
      updated_by: personId,
      updated_at: now,
    }))
    .where('course_id', '=', courseId)
    .where('media_id', '=', mediaId)
    .where('removed_at', 'is', null)
    .execute();
  const published = await trx
    .selectFrom('course_version_lesson')
    .select('lesson_id')
    .where('media_id', '=', mediaId)
    .limit(1)
    .executeTakeFirst();
  return { published: published !== undefined };
}
