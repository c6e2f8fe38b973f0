import type { Db } from '~db/client.server';

/** Gives a job of ours back unharmed, to be taken again from `runAfter` on: no attempt is counted. */
export async function postponeJob(
  db: Db,
  job: { jobId: string; owner: string; runAfter: number; reason: string | null },
): Promise<void> {
  await db
    .updateTable('job')
    .set((eb) => ({
      claimed_by: null,
      claimed_until: null,
      run_after: job.runAfter,
      error: job.reason,
      attempts: eb('attempts', '-', 1),
    }))
    .where('id', '=', job.jobId)
    .where('claimed_by', '=', job.owner)
    .execute();
}
