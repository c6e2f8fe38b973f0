import type { Db, Trx } from '~db/client.server';
import { requireCourseReader, type Actor } from '../co-authoring/course-reach.server';
import type { OrganizationMark } from '../courses/published-courses.server';
import {
  listAcceptedSuggestions,
  type AcceptedSuggestion,
} from '../comments/accepted-suggestions.server';
import { NotFound } from '../shared/errors';
import type { LessonContent } from './revision-content';

/** One state of a lesson or of the outline, as the history lists it. */
export interface RevisionRow {
  id: string;
  /** Null for the outline. */
  lessonId: string | null;
  /** The lesson's title then; empty for the outline. */
  title: string;
  personId: string;
  personName: string;
  organization: OrganizationMark | undefined;
  begunAt: number;
  endedAt: number;
  name: string | null;
  /** Whose suggestions became part of it. */
  suggestedBy: string[];
}

/** The history of a course, or of one lesson of it, the newest first, a page at a time; for those who read the draft. */
export async function listRevisions(
  db: Db | Trx,
  actor: Actor,
  input: { courseId: string; lessonId?: string; limit: number; offset: number },
): Promise<{ rows: RevisionRow[]; total: number }> {
  const { courseId, lessonId, limit, offset } = input;
  await requireCourseReader(db, actor, courseId);
  const chosen = db
    .selectFrom('course_revision')
    .where('course_revision.course_id', '=', courseId)
    .$if(lessonId !== undefined, (query) =>
      query.where('course_revision.lesson_id', '=', lessonId ?? ''),
    );
  const { total } = await chosen
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await chosen
    .innerJoin('person', 'person.id', 'course_revision.person_id')
    .leftJoin('organization', 'organization.id', 'course_revision.organization_id')
    .select([
      'course_revision.id',
      'course_revision.lesson_id as lessonId',
      'course_revision.content',
      'course_revision.begun_at as begunAt',
      'course_revision.ended_at as endedAt',
      'course_revision.name',
      'course_revision.person_id as personId',
      'person.name as personName',
      'organization.id as organizationId',
      'organization.name as organizationName',
      'organization.mark',
      'organization.kind',
    ])
    .orderBy('course_revision.ended_at', 'desc')
    .orderBy('course_revision.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  const accepted = await listAcceptedSuggestions(db, {
    lessonIds: [...new Set(rows.flatMap((row) => row.lessonId ?? []))],
    from: Math.min(...rows.map((row) => row.begunAt)),
    to: Math.max(...rows.map((row) => row.endedAt)),
  });
  return {
    total: Number(total),
    rows: rows.map(({ content, organizationId, organizationName, mark, kind, ...row }) => ({
      ...row,
      title: row.lessonId === null ? '' : (JSON.parse(content) as LessonContent).title,
      suggestedBy: suggestersOf(row, accepted),
      organization:
        organizationId !== null && organizationName !== null && mark !== null && kind !== null
          ? { id: organizationId, name: organizationName, mark, kind }
          : undefined,
    })),
  };
}

/** A suggestion is part of the state that whoever accepted it made then. */
function suggestersOf(
  row: { lessonId: string | null; personId: string; begunAt: number; endedAt: number },
  accepted: readonly AcceptedSuggestion[],
): string[] {
  const own = accepted.filter(
    (one) =>
      one.lessonId === row.lessonId &&
      one.acceptedBy === row.personId &&
      one.acceptedAt >= row.begunAt &&
      one.acceptedAt <= row.endedAt,
  );
  return [...new Set(own.map(({ name }) => name))];
}

/** A stored revision; NotFound when it is another course's. */
export async function findRevision(db: Db | Trx, courseId: string, revisionId: string) {
  const row = await db
    .selectFrom('course_revision')
    .innerJoin('person', 'person.id', 'course_revision.person_id')
    .leftJoin('organization', 'organization.id', 'course_revision.organization_id')
    .selectAll('course_revision')
    .select(['person.name as personName', 'organization.name as organizationName'])
    .where('course_revision.id', '=', revisionId)
    .where('course_revision.course_id', '=', courseId)
    .executeTakeFirst();
  if (!row) throw new NotFound();
  return row;
}
