import type { Db, Trx } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { getCourseDraft } from '../courses/course-draft.server';
import { judgeDraft, NotPublishable } from '../courses/publication-state.server';
import { deriveCourseArticles } from '../lesson-texts/derive-article.server';
import { Conflict, Invalid } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { lockCourse } from '../courses/lock-course.server';
import { findOpenRequest } from './open-request.server';
import { contentHash, contentOf, partsOf } from './publication-content.server';

/**
 * Freezes the draft as the candidate for the next version, in place of one that is open; signatures under parts
 * that are the same stand. For authors. NotPublishable with every obstacle; Invalid where something of the check list
 * is open and no note says why; Conflict `already-requested` where the
 * open candidate is exactly that.
 */
export async function requestPublication(
  db: Db,
  actor: Actor,
  input: { courseId: string; note: string; now: number },
): Promise<{ requestId: string; number: number }> {
  return db.transaction().execute((trx) => request(trx, actor, input));
}

async function request(
  trx: Trx,
  actor: Actor,
  { courseId, note, now }: { courseId: string; note: string; now: number },
): Promise<{ requestId: string; number: number }> {
  const { authorFor } = await requireAuthor(trx, actor, courseId);
  await lockCourse(trx, courseId);
  await deriveCourseArticles(trx, courseId);
  const draft = await getCourseDraft(trx, courseId);
  const { last, obstacles, openPoints } = await judgeDraft(trx, draft);
  if (obstacles.length > 0) throw new NotPublishable(obstacles);
  const content = contentOf(draft);
  const hash = contentHash(content);
  const open = await findOpenRequest(trx, courseId);
  const said = note.trim() || (open?.note ?? '');
  if (openPoints.length > 0 && said === '') {
    throw new Invalid([{ pointer: '/note', message: 'noteForOpenPoints' }]);
  }
  if (open?.hash === hash) {
    throw new Conflict('already-requested', 'Exactly this is waiting for signatures already.');
  }
  if (open) {
    await trx
      .updateTable('publication_request')
      .set({ closed_at: now, outcome: 'replaced' })
      .where('id', '=', open.id)
      .execute();
  }
  const requestId = newId();
  const number = (last?.number ?? 0) + 1;
  await trx
    .insertInto('publication_request')
    .values({
      id: requestId,
      course_id: courseId,
      number,
      content: JSON.stringify(content),
      hash,
      note: said,
      open_points: openPoints.length > 0 ? JSON.stringify(openPoints) : null,
      requested_by: actor.personId,
      requested_at: now,
      closed_at: null,
      outcome: null,
      course_version_id: null,
    })
    .execute();
  await trx
    .insertInto('publication_request_part')
    .values(
      partsOf(content).map((part) => ({
        request_id: requestId,
        organization_id: part.organizationId,
        hash: part.hash,
      })),
    )
    .execute();
  await recordAudit(trx, {
    at: now,
    actorId: actor.personId,
    organizationId: authorFor,
    action: 'request-publication',
    subjectType: 'course',
    subjectId: courseId,
    detail: { number, hash },
  });
  return { requestId, number };
}
