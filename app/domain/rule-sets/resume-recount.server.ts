import type { Db } from '~db/client.server';
import { announceJob } from '~/infra/job-signal.server';
import type { Viewer } from '../accounts/viewer.server';
import { getManagedClass } from '../classes/get-managed-class.server';
import { addJob } from '../jobs/add-job.server';
import { findRecount } from './get-recount.server';

/** Gives a recount whose job was given up another; one that is at work or through is left alone. */
export async function resumeRecount(
  db: Db,
  viewer: Viewer,
  input: { classId: string; recountId: string; now: number },
): Promise<void> {
  const trainingClass = await getManagedClass(db, viewer, input.classId);
  const recount = await findRecount(db, trainingClass, input.recountId);
  if (recount?.state !== 'stopped') return;
  const { recountId, now } = input;
  await addJob(db, { kind: 'recount-class', payload: { recountId }, now });
  announceJob();
}
