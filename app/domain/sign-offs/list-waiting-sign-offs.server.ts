import type { Db, Trx } from '~db/client.server';
import { requireCourseReader, type Actor } from '../co-authoring/course-reach.server';
import { isReadable } from '../co-authoring/readable-courses.server';
import { findOpenRequest, listSignatures, signatureOf } from './open-request.server';
import { findReviewingBureau, listReviewers, maySign } from './signers.server';

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

/** The open candidates with a part that nobody has signed yet and that the person signs for, newest first. */
export async function listWaitingSignOffs(db: Db | Trx, actor: Actor): Promise<WaitingSignOff[]> {
  const rows = await db
    .selectFrom('course')
    .innerJoin('publication_request', 'publication_request.course_id', 'course.id')
    .innerJoin('person', 'person.id', 'publication_request.requested_by')
    .select([
      'course.id as courseId',
      'course.title as courseTitle',
      'publication_request.number',
      'publication_request.requested_at as at',
      'person.name',
    ])
    .where('publication_request.closed_at', 'is', null)
    .where((eb) => isReadable(eb as never, actor))
    .orderBy('publication_request.requested_at', 'desc')
    .orderBy('course.id')
    .execute();
  const waiting: WaitingSignOff[] = [];
  for (const row of rows) if (await waitsFor(db, actor, row.courseId)) waiting.push(row);
  return waiting;
}

async function waitsFor(db: Db | Trx, actor: Actor, courseId: string): Promise<boolean> {
  const reach = await requireCourseReader(db, actor, courseId);
  const reviewers = await listReviewers(db, courseId);
  const bureauId = await findReviewingBureau(db, courseId);
  const open = await findOpenRequest(db, courseId);
  const signatures = await listSignatures(db, courseId);
  return (open?.parts ?? []).some(
    (part) =>
      !signatureOf(part, signatures) &&
      maySign(actor, reach, reviewers, part.organizationId, bureauId),
  );
}
