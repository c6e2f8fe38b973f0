import type { Db } from '~db/client.server';

export const MOST_ATTEMPTS = 5;
const FIRST_WAIT_MS = 15_000;

/**
 * Notes that a job of ours went wrong: it is tried again after 15 s, 30 s, 1 min, 2 min, and given
 * up after the fifth time. Returns whether it is given up now.
 */
export async function failJob(
  db: Db,
  job: { jobId: string; owner: string; attempts: number; now: number; error: string },
): Promise<boolean> {
  const givenUp = job.attempts >= MOST_ATTEMPTS;
  await db
    .updateTable('job')
    .set({
      claimed_by: null,
      claimed_until: null,
      error: job.error.slice(0, 2000),
      ...(givenUp
        ? { failed_at: job.now }
        : { run_after: job.now + FIRST_WAIT_MS * 2 ** (job.attempts - 1) }),
    })
    .where('id', '=', job.jobId)
    .where('claimed_by', '=', job.owner)
    .execute();
  return givenUp;
}
