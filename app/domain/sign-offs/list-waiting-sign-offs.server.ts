import type { Db, Trx } from '~db/client.server';
import { listCourseReaches, type Actor } from '../co-authoring/course-reach.server';
import { isReadable } from '../co-authoring/readable-courses.server';
import { findOpenRequest, listSignaturesOf, signatureOf } from './open-request.server';
import type { ContentPart } from './publication-content.server';
import { listReviewersOf, maySign, reviewingBureau } from './signers.server';

/** A candidate that waits for a person's signature. */
export interface WaitingSignOff {
  courseId: string;
  courseTitle: string;
  /** Of the version it would become. */
  number: number;
  /** Who asked. */
  name: string;
  at: number;
}

type Part = Pick<ContentPart, 'organizationId' | 'hash'>;

/**
 * The open candidates with a part that nobody has signed yet and that the person signs for, newest first. One query
 * where nothing is open, six whatever is; no candidate is read.
 */
export async function listWaitingSignOffs(db: Db | Trx, actor: Actor): Promise<WaitingSignOff[]> {
  const open = await selectOpenRequests(db, actor).execute();
  if (open.length === 0) return [];
  const courseIds = open.map(({ courseId }) => courseId);
  const reaches = await listCourseReaches(db, actor, courseIds);
  const reviewers = await listReviewersOf(db, courseIds);
  const signatures = await listSignaturesOf(db, courseIds);
  const parts = await readParts(db, open);
  const waits = ({ id, courseId, hash, bureauId }: (typeof open)[number]): boolean => {
    const here = (one: { courseId: string }) => one.courseId === courseId;
    const reach = reaches.find(here);
    const bureau = bureauId === null ? [] : [{ organizationId: bureauId, hash }];
    return [...(parts.get(id) ?? []), ...bureau].some(
      (part) =>
        reach !== undefined &&
        !signatureOf(part, signatures.filter(here)) &&
        maySign(actor, reach, reviewers.filter(here), part.organizationId, bureauId ?? undefined),
    );
  };
  return open.filter(waits).map(({ courseId, courseTitle, number, name, at }) => ({
    ...{ courseId, courseTitle, number, name, at },
  }));
}

const selectOpenRequests = (db: Db | Trx, actor: Actor) =>
  db
    .selectFrom('course')
    .innerJoin('publication_request', 'publication_request.course_id', 'course.id')
    .innerJoin('person', 'person.id', 'publication_request.requested_by')
    .select((eb) => [
      'publication_request.id',
      'course.id as courseId',
      'course.title as courseTitle',
      'publication_request.number',
      'publication_request.hash',
      'publication_request.requested_at as at',
      'person.name',
      reviewingBureau(eb as never).as('bureauId'),
    ])
    .where('publication_request.closed_at', 'is', null)
    .where((eb) => isReadable(eb as never, actor))
    .orderBy('publication_request.requested_at', 'desc')
    .orderBy('course.id');

/** By candidate what its producers sign. */
async function readParts(
  db: Db | Trx,
  open: { id: string; courseId: string }[],
): Promise<Map<string, Part[]>> {
  const ids = open.map(({ id }) => id);
  const rows = await db
    .selectFrom('publication_request_part')
    .select(['request_id as requestId', 'organization_id as organizationId', 'hash'])
    .where('request_id', 'in', ids)
    .execute();
  const parts = new Map<string, Part[]>();
  for (const { requestId, ...part } of rows) {
    parts.set(requestId, [...(parts.get(requestId) ?? []), part]);
  }
  // Frozen before its parts were kept.
  for (const { id, courseId } of open.filter((one) => !parts.has(one.id))) {
    parts.set(id, (await findOpenRequest(db, courseId))?.parts ?? []);
  }
  return parts;
}
