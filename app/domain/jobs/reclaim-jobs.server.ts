import type { Db } from '~db/client.server';

/**
 * Frees the jobs whose worker is known to be dead, so that they need not wait for their lease to
 * run out. `isDead` is asked once for each owner. Returns how many were freed.
 */
export async function reclaimJobs(db: Db, isDead: (owner: string) => boolean): Promise<number> {
  const owners = await db
    .selectFrom('job')
    .select('claimed_by')
    .distinct()
    .where('claimed_by', 'is not', null)
    .where('finished_at', 'is', null)
    .execute();
  const dead = owners.flatMap(({ claimed_by }) =>
    claimed_by !== null && isDead(claimed_by) ? [claimed_by] : [],
  );
  if (dead.length === 0) return 0;
  const result = await db
    .updateTable('job')
    .set({ claimed_by: null, claimed_until: null })
    .where('claimed_by', 'in', dead)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
