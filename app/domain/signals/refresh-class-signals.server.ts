import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { getManagedClass } from '../classes/get-managed-class.server';
import { refreshSignals } from './refresh-signals.server';

/** As many learners as one request looks through; the rest comes by itself within minutes. */
const LEARNERS_AT_ONCE = 200;

/**
 * Looks now through the learners of a class who have new evidence. Only rebuildable rows are written. Answers how
 * many were looked through. Throws what getManagedClass throws. `now` is epoch ms; days in `zone`.
 */
export async function refreshClassSignals(
  db: Db,
  viewer: Viewer,
  input: { classId: string; zone: string; now: number },
): Promise<number> {
  const { id: classId } = await getManagedClass(db, viewer, input.classId);
  return refreshSignals(db, { classId, limit: LEARNERS_AT_ONCE }, input);
}
