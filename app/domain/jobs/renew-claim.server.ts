import type { Db } from '~db/client.server';

/** Keeps a running job for another `leaseMs`; false when it is no longer ours and must be dropped. */
export async function renewClaim(
  db: Db,
  claim: { jobId: string; owner: string; now: number; leaseMs: number },
): Promise<boolean> {
  const result = await db
    .updateTable('job')
    .set({ claimed_until: claim.now + claim.leaseMs })
    .where('id', '=', claim.jobId)
    .where('claimed_by', '=', claim.owner)
    .where('finished_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}
