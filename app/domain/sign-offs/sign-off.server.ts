import type { Db } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { Conflict } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { lockCourse } from '../courses/lock-course.server';
import { listSignatures, requireOpenRequest, signatureOf } from './open-request.server';
import { requireSigner } from './signers.server';

/**
 * Signs an organization's part of the open candidate, exactly as it was seen (`hash`). Twice is as once. For those
 * who sign for it. Conflict `request-closed` when another candidate took its place, `part-changed` when the part is
 * not what was seen; nothing was signed then.
 */
export async function signOff(
  db: Db,
  actor: Actor,
  input: {
    courseId: string;
    requestId: string;
    organizationId: string;
    hash: string;
    now: number;
  },
): Promise<void> {
  const { courseId, organizationId, hash, now } = input;
  await db.transaction().execute(async (trx) => {
    await requireSigner(trx, actor, input);
    await lockCourse(trx, courseId);
    const { id, parts, number } = await requireOpenRequest(trx, input);
    const part = parts.find((one) => one.organizationId === organizationId);
    if (part?.hash !== hash) {
      throw new Conflict('part-changed', 'This part is not what was shown. Nothing was signed.');
    }
    if (signatureOf(part, await listSignatures(trx, courseId))) return;
    await trx
      .insertInto('sign_off')
      .values({
        id: newId(),
        request_id: id,
        course_id: courseId,
        organization_id: organizationId,
        hash,
        signed_by: actor.personId,
        signed_at: now,
        withdrawn_at: null,
      })
      .execute();
    await recordAudit(trx, {
      at: now,
      actorId: actor.personId,
      organizationId,
      action: 'sign-off',
      subjectType: 'course',
      subjectId: courseId,
      detail: { number, hash },
    });
  });
}
