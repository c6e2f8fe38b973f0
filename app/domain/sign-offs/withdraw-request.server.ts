import type { Db } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { lockCourse } from '../courses/lock-course.server';
import { requireOpenRequest } from './open-request.server';

/** Takes the open candidate back; its signatures stay for what is the same next time. For authors. */
export async function withdrawRequest(
  db: Db,
  actor: Actor,
  input: { courseId: string; requestId: string; now: number },
): Promise<void> {
  const { courseId, now } = input;
  await db.transaction().execute(async (trx) => {
    const { authorFor } = await requireAuthor(trx, actor, courseId);
    await lockCourse(trx, courseId);
    const { id, number } = await requireOpenRequest(trx, input);
    await trx
      .updateTable('publication_request')
      .set({ closed_at: now, outcome: 'withdrawn' })
      .where('id', '=', id)
      .execute();
    await recordAudit(trx, {
      at: now,
      actorId: actor.personId,
      organizationId: authorFor,
      action: 'withdraw-publication',
      subjectType: 'course',
      subjectId: courseId,
      detail: { number },
    });
  });
}
