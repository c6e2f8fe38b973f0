import type { Db, Trx } from '~db/client.server';
import { newId } from '../shared/new-id.server';

/** The kinds of work done in the background, the most urgent first. */
export const JOB_KINDS = [
  'recount-class',
  'convert-media',
  'encode-media',
  'add-renditions',
  'check-links',
] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** Puts work into the queue, in the transaction of what calls for it. Returns the job's id. */
export async function addJob(
  trx: Db | Trx,
  job: { kind: JobKind; payload: Record<string, string>; now: number },
): Promise<string> {
  const id = newId();
  await trx
    .insertInto('job')
    .values({
      id,
      kind: job.kind,
      payload: JSON.stringify(job.payload),
      run_after: job.now,
      attempts: 0,
      created_at: job.now,
    })
    .execute();
  return id;
}

/** Puts a media's work of one kind into the queue unless it waits or runs there already. */
export async function addJobOnce(
  trx: Trx,
  job: { kind: JobKind; mediaId: string; now: number },
): Promise<void> {
  const { kind, mediaId, now } = job;
  const waiting = await trx
    .selectFrom('job')
    .select('id')
    .where('kind', '=', kind)
    .where('finished_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('payload', 'like', `%"mediaId":"${mediaId}"%`)
    .executeTakeFirst();
  if (!waiting) await addJob(trx, { kind, payload: { mediaId }, now });
}
