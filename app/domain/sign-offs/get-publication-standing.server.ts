import type { Db, Trx } from '~db/client.server';
import { requireCourseReader, type Actor } from '../co-authoring/course-reach.server';
import { getCourseDraft } from '../courses/course-draft.server';
import type { OpenPoint } from '../courses/publication-check';
import type { OrganizationMark } from '../courses/published-courses.server';
import { compareVersions, type VersionChange } from '../courses/version-changes';
import {
  findOpenRequest,
  listSignatures,
  signatureOf,
  type Signature,
} from './open-request.server';
import { contentOf, partOf, partsOf, type PublicationContent } from './publication-content.server';
import { findReviewingBureau, listReviewers, maySign } from './signers.server';

interface Signed {
  name: string;
  at: number;
}

/** One signature that the candidate needs. */
export interface PartStanding {
  organization: OrganizationMark;
  /** What is to be signed; sent back with the signature. */
  hash: string;
  lessonCount: number;
  signed: Signed | undefined;
  /** An earlier signature that this content does not have any more, and what changed since. */
  voided: (Signed & { changes: VersionChange[] }) | undefined;
  /** Whether the reader signs for it. */
  maySign: boolean;
}

/** The open candidate as a reader finds it. */
export interface RequestStanding {
  id: string;
  number: number;
  /** The beginning of its SHA-256, for people to compare. */
  seal: string;
  note: string;
  /** What of the check list was open when it was frozen. */
  openPoints: OpenPoint[];
  requested: Signed;
  parts: PartStanding[];
  /** What the draft became since it was frozen; not part of it. */
  draftChanges: VersionChange[];
}

export interface PublicationStanding {
  request: RequestStanding | undefined;
  bureauReviews: boolean;
  /** Whether the reader publishes: authors do. */
  mayPublish: boolean;
  /** Whether the reader signs for all that is in the draft. */
  alone: boolean;
}

const SEAL_LENGTH = 12;

/**
 * The open candidate of a course with who has signed and what is missing, for those who read the draft or sign for
 * a part; NotFound for outsiders, Forbidden for other insiders.
 */
export async function getPublicationStanding(
  db: Db | Trx,
  actor: Actor,
  courseId: string,
): Promise<PublicationStanding> {
  const reach = await requireCourseReader(db, actor, courseId);
  const bureauId = await findReviewingBureau(db, courseId);
  const mayPublish = reach.authorFor !== undefined;
  const open = await findOpenRequest(db, courseId);
  const reviewers = await listReviewers(db, courseId);
  const signs = (organizationId: string) =>
    maySign(actor, reach, reviewers, organizationId, bureauId);
  const draft = contentOf(await getCourseDraft(db, courseId));
  const signers = [...partsOf(draft).map((part) => part.organizationId), bureauId ?? []].flat();
  const alone = mayPublish && signers.every(signs);
  const standing = { bureauReviews: bureauId !== undefined, mayPublish, alone };
  if (!open) return { request: undefined, ...standing };
  const signatures = await listSignatures(db, courseId);
  const marks = await listMarks(
    db,
    open.parts.map((part) => part.organizationId),
  );
  const unsigned = open.parts.filter((part) => !signatureOf(part, signatures));
  const former = await loadFormer(
    db,
    courseId,
    signatures,
    unsigned.map((part) => part.organizationId),
  );
  const parts = open.parts.map((part): PartStanding => {
    const { organizationId, hash, lessonCount } = part;
    const signature = signatureOf(part, signatures);
    const last = former.get(organizationId);
    return {
      organization: marks.get(organizationId)!,
      hash,
      lessonCount,
      signed: signature && said(signature),
      voided: last && {
        ...said(last.signature),
        changes: compareVersions(
          ofPart(last.content, organizationId, bureauId),
          ofPart(open.content, organizationId, bureauId),
        ),
      },
      maySign: signs(organizationId),
    };
  });
  return {
    request: {
      id: open.id,
      number: open.number,
      seal: open.hash.slice(0, SEAL_LENGTH),
      note: open.note,
      openPoints: open.openPoints,
      requested: { name: await nameOf(db, open.requestedBy), at: open.requestedAt },
      parts,
      draftChanges: compareVersions(open.content, draft),
    },
    ...standing,
  };
}

const said = ({ signerName, signedAt }: Signature): Signed => ({ name: signerName, at: signedAt });

const ofPart = (content: PublicationContent, organizationId: string, bureauId?: string) =>
  organizationId === bureauId ? content : partOf(content, organizationId);

interface Former {
  signature: Signature;
  content: PublicationContent;
}

/** Of organizations that have not signed this: their latest signature since the last version, with what it was under. */
async function loadFormer(
  db: Db | Trx,
  courseId: string,
  signatures: readonly Signature[],
  unsigned: readonly string[],
): Promise<Map<string, Former>> {
  const latest = unsigned.flatMap(
    (id) => signatures.findLast(({ organizationId }) => organizationId === id) ?? [],
  );
  if (latest.length === 0) return new Map();
  const rows = await db
    .selectFrom('publication_request')
    .select(['id', 'content'])
    .where(
      'id',
      'in',
      latest.map(({ requestId }) => requestId),
    )
    .where('outcome', 'in', ['replaced', 'withdrawn'])
    .where('requested_at', '>', (eb) =>
      eb
        .selectFrom('course_version')
        .select((version) =>
          version.fn.coalesce(version.fn.max('published_at'), version.lit(0)).as('last'),
        )
        .where('course_id', '=', courseId),
    )
    .execute();
  const contents = new Map(rows.map(({ id, content }) => [id, content]));
  return new Map(
    latest.flatMap((signature): [string, Former][] => {
      const content = contents.get(signature.requestId);
      if (content === undefined) return [];
      return [
        [
          signature.organizationId,
          { signature, content: JSON.parse(content) as PublicationContent },
        ],
      ];
    }),
  );
}

async function listMarks(db: Db | Trx, ids: string[]): Promise<Map<string, OrganizationMark>> {
  const rows = await db
    .selectFrom('organization')
    .select(['id', 'name', 'mark', 'kind'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

async function nameOf(db: Db | Trx, personId: string): Promise<string> {
  const row = await db
    .selectFrom('person')
    .select('name')
    .where('id', '=', personId)
    .executeTakeFirst();
  return row?.name ?? '';
}
