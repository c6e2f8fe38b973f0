import { PostgresAdapter } from 'kysely';
import type { Db } from '~db/client.server';
import type { JobKind } from './add-job.server';

export interface ClaimedJob {
  id: string;
  kind: string;
  payload: Record<string, string>;
  /** Counts this one. */
  attempts: number;
}

/**
 * Takes the job that has waited longest, of the first kind that has any, for `leaseMs`; undefined
 * when nothing waits. A job whose lease ran out (its worker died) is taken anew. No two workers get
 * the same: on PostgreSQL each passes over what another is just taking, and on both engines the
 * outer conditions are checked again on the row.
 */
export async function claimJob(
  db: Db,
  claim: { kinds: readonly JobKind[]; owner: string; now: number; leaseMs: number },
): Promise<ClaimedJob | undefined> {
  const { owner, now, leaseMs } = claim;
  const onPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  for (const kind of claim.kinds) {
    const row = await db
      .updateTable('job')
      .set((eb) => ({
        claimed_by: owner,
        claimed_until: now + leaseMs,
        attempts: eb('attempts', '+', 1),
      }))
      .where('job.id', '=', (eb) =>
        eb
          .selectFrom('job as waiting')
          .select('waiting.id')
          .where('waiting.kind', '=', kind)
          .where('waiting.finished_at', 'is', null)
          .where('waiting.failed_at', 'is', null)
          .where('waiting.run_after', '<=', now)
          .where((w) =>
            w.or([w('waiting.claimed_until', 'is', null), w('waiting.claimed_until', '<', now)]),
          )
          .orderBy('waiting.run_after')
          .orderBy('waiting.id')
          .limit(1)
          .$if(onPostgres, (waiting) => waiting.forUpdate().skipLocked()),
      )
      .where('job.finished_at', 'is', null)
      .where('job.failed_at', 'is', null)
      .where((w) => w.or([w('job.claimed_until', 'is', null), w('job.claimed_until', '<', now)]))
      .returning(['job.id', 'job.kind', 'job.payload', 'job.attempts'])
      .executeTakeFirst();
    if (row) return { ...row, payload: JSON.parse(row.payload) as Record<string, string> };
  }
  return undefined;
}
