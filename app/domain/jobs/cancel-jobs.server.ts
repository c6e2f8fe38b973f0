import type { Db, Trx } from '~db/client.server';

/**
 * Ends every job on a media, running or waiting, in the transaction that takes the media away. A
 * worker that runs one notices when it next renews its claim. Returns how many there were.
 */
export async function cancelJobs(
  trx: Db | Trx,
  input: { mediaId: string; now: number },
): Promise<number> {
  const result = await trx
    .updateTable('job')
    .set({
      finished_at: input.now,
      claimed_by: null,
      claimed_until: null,
      error: 'cancelled',
    })
    .where('finished_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('payload', 'like', `%"mediaId":"${input.mediaId}"%`)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
