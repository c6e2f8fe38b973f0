import type { Db } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import { getCourseReach, type Actor } from '../co-authoring/course-reach.server';
import { Forbidden } from '../shared/errors';

/** Whether the bureau signs each version of the course too; for bureau administrators. */
export async function requireBureauReview(
  db: Db,
  actor: Actor,
  input: { courseId: string; required: boolean; now: number },
): Promise<void> {
  const { courseId, required, now } = input;
  await db.transaction().execute(async (trx) => {
    const { leadOrganizationId } = await getCourseReach(trx, actor, courseId);
    if (!actor.administrator) throw new Forbidden();
    await trx
      .updateTable('course')
      .set({ bureau_review_since: required ? now : null })
      .where('id', '=', courseId)
      .execute();
    await recordAudit(trx, {
      at: now,
      actorId: actor.personId,
      organizationId: leadOrganizationId,
      action: required ? 'require-bureau-review' : 'waive-bureau-review',
      subjectType: 'course',
      subjectId: courseId,
    });
  });
}
