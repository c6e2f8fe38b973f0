import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { getManagedClass, type ManagedClass } from './get-managed-class.server';
import { arrangeLearners, type ClassLearner, type LearnerTable } from './learner-table';
import { listClassLearners } from './list-class-learners.server';

/** The learners of a class as a table shows them, for export; leaves an audit row. Throws what getManagedClass throws. */
export async function exportClassLearners(
  db: Db,
  viewer: Viewer,
  input: { classId: string; table: LearnerTable; now: number },
): Promise<{ trainingClass: ManagedClass; learners: ClassLearner[] }> {
  const trainingClass = await getManagedClass(db, viewer, input.classId);
  const learners = arrangeLearners(await listClassLearners(db, input.classId), input.table);
  await recordAudit(db, {
    at: input.now,
    actorId: viewer.personId,
    organizationId: trainingClass.organizationId,
    action: 'export-class-learners',
    subjectType: 'class',
    subjectId: input.classId,
    detail: { ...input.table, rows: learners.length },
  });
  return { trainingClass, learners };
}
