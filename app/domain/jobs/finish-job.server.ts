import type { Db } from '~db/client.server';

/** Marks a job of ours as done. */
export async function finishJob(
  db: Db,
  done: { jobId: string; owner: string; now: number },
): Promise<void> {
  await db
    .updateTable('job')
    .set({ finished_at: done.now, claimed_by: null, claimed_until: null, error: null })
    .where('id', '=', done.jobId)
    .where('claimed_by', '=', done.owner)
    .execute();
}
