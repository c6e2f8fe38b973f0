import type { Db } from '~db/client.server';
import { organizationsAs } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';
import { Invalid } from '../shared/errors';
import { enrollLearner } from './enroll-learner.server';
import { getManagedClass } from './get-managed-class.server';

/**
 * The class's manager enrolls people directly: learners of organizations they manage (the bureau: anybody's).
 * All or nobody: Conflict('class-full') leaves the class as it was, as does Invalid('nobody-chosen') or
 * ('not-in-reach'). Answers how many are new in the class.
 */
export async function enrollPeople(
  db: Db,
  viewer: Viewer,
  input: { classId: string; personIds: string[]; now: number },
): Promise<number> {
  const { classId, now } = input;
  const personIds = [...new Set(input.personIds)];
  await getManagedClass(db, viewer, classId);
  if (personIds.length === 0)
    throw new Invalid([{ pointer: '/personIds', message: 'nobody-chosen' }]);
  const managed = organizationsAs(viewer, 'manager');
  return db.transaction().execute(async (trx) => {
    let reachable = trx
      .selectFrom('membership')
      .select('person_id')
      .distinct()
      .where('person_id', 'in', personIds)
      .where('role', '=', 'learner')
      .where('ended_at', 'is', null);
    if (!viewer.administrator) reachable = reachable.where('organization_id', 'in', managed);
    if ((await reachable.execute()).length !== personIds.length) {
      throw new Invalid([{ pointer: '/personIds', message: 'not-in-reach' }]);
    }
    let changed = 0;
    for (const personId of personIds) {
      const byPersonId = viewer.personId;
      const outcome = await enrollLearner(trx, { classId, personId, byPersonId, now });
      if (outcome.changed) changed++;
    }
    return changed;
  });
}
