import type { Db, Trx } from '~db/client.server';
import type { OpenPoint } from '../courses/publication-check';
import { Conflict } from '../shared/errors';
import {
  contentHash,
  partsOf,
  type ContentPart,
  type PublicationContent,
} from './publication-content.server';
import { findReviewingBureau } from './signers.server';

/** The candidate that is open for signatures. */
export interface OpenRequest {
  id: string;
  courseId: string;
  number: number;
  content: PublicationContent;
  hash: string;
  note: string;
  /** What of the check list was open when it was frozen; the note says why. */
  openPoints: OpenPoint[];
  requestedBy: string;
  requestedAt: number;
  /** Every signature that it needs, the lead organization's first, a bureau's last. */
  parts: ContentPart[];
}

/** The course's open candidate, if there is one. */
export async function findOpenRequest(
  db: Db | Trx,
  courseId: string,
): Promise<OpenRequest | undefined> {
  const row = await db
    .selectFrom('publication_request')
    .selectAll()
    .where('course_id', '=', courseId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  const content = JSON.parse(row.content) as PublicationContent;
  const bureauId = await findReviewingBureau(db, courseId);
  const bureau = bureauId
    ? [{ organizationId: bureauId, hash: contentHash(content), lessonCount: countLessons(content) }]
    : [];
  return {
    id: row.id,
    courseId,
    number: row.number,
    content,
    hash: row.hash,
    note: row.note,
    openPoints: row.open_points === null ? [] : (JSON.parse(row.open_points) as OpenPoint[]),
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    parts: [...partsOf(content), ...bureau],
  };
}

const countLessons = ({ chapters }: PublicationContent) =>
  chapters.reduce((sum, chapter) => sum + chapter.lessons.length, 0);

/** That candidate; Conflict `request-closed` when another one, or none, is open. Nothing was changed then. */
export async function requireOpenRequest(
  trx: Trx,
  given: { courseId: string; requestId: string },
): Promise<OpenRequest> {
  const open = await findOpenRequest(trx, given.courseId);
  if (open?.id === given.requestId) return open;
  throw new Conflict('request-closed', 'This request is no longer open. Nothing was changed.');
}

/** A signature that stands. */
export interface Signature {
  courseId: string;
  organizationId: string;
  hash: string;
  requestId: string;
  signedBy: string;
  signerName: string;
  signedAt: number;
}

/** The signatures of a course that were not withdrawn, oldest first. */
export async function listSignatures(db: Db | Trx, courseId: string): Promise<Signature[]> {
  return listSignaturesOf(db, [courseId]);
}

/** The same of several courses, with one query. */
export async function listSignaturesOf(
  db: Db | Trx,
  courseIds: readonly string[],
): Promise<Signature[]> {
  return db
    .selectFrom('sign_off')
    .innerJoin('person', 'person.id', 'sign_off.signed_by')
    .select([
      'sign_off.course_id as courseId',
      'sign_off.organization_id as organizationId',
      'sign_off.hash',
      'sign_off.request_id as requestId',
      'sign_off.signed_by as signedBy',
      'person.name as signerName',
      'sign_off.signed_at as signedAt',
    ])
    .where('sign_off.course_id', 'in', courseIds)
    .where('sign_off.withdrawn_at', 'is', null)
    .orderBy('sign_off.signed_at')
    .orderBy('sign_off.id')
    .execute();
}

/**
 * The signature under a part: of its organization, under exactly this content, whichever candidate it was given on.
 * So a change voids the signatures of what it touches, and no others.
 */
export function signatureOf(
  part: Pick<ContentPart, 'organizationId' | 'hash'>,
  signatures: readonly Signature[],
): Signature | undefined {
  return signatures.findLast(
    (one) => one.organizationId === part.organizationId && one.hash === part.hash,
  );
}
