import type { ExpressionBuilder } from 'kysely';
import type { Db, Trx } from '~db/client.server';
import type { Database } from '~db/schema';
import type { OrganizationKind } from '~db/tables/organizations';
import { NotFound } from '../shared/errors';
import type { OpenPoint } from './publication-check';
import type { VersionChange } from './version-changes';

export interface OrganizationMark {
  id: string;
  name: string;
  mark: string;
  kind: OrganizationKind;
}

/** The newest published version of a course, as lists show it. */
export interface PublishedCourse {
  courseId: string;
  courseVersionId: string;
  number: number;
  publishedAt: number;
  title: string;
  occupation: string;
  level: string;
  summary: string;
  cover: string;
  /** The lead organization first, then the others that produced lessons of this version. */
  organizations: OrganizationMark[];
  lessonCount: number;
  /** Of all its videos together. */
  durationMs: number;
}

export interface CourseFilter {
  courseId?: string;
  /** Words of the title, occupation, summary or a lesson's title; letters of either case. */
  q?: string;
  occupation?: string;
  level?: string;
  organizationId?: string;
}

/**
 * The newest published version of every course, newest first: what a class of any organization may
 * choose from, and what the catalog shows. Any published course may be used by any organization.
 */
export async function listPublishedCourses(
  db: Db | Trx,
  filter: CourseFilter = {},
  page?: { limit: number; offset: number },
): Promise<PublishedCourse[]> {
  let query = selectNewest(db, filter)
    .innerJoin('course', 'course.id', 'course_version.course_id')
    .select([
      'course_version.id',
      'course_version.course_id',
      'course_version.number',
      'course_version.published_at',
      'course_version.title',
      'course_version.occupation',
      'course_version.level',
      'course_version.summary',
      'course_version.cover',
      'course.lead_organization_id',
    ])
    .orderBy('course_version.published_at', 'desc')
    .orderBy('course_version.id', 'desc');
  if (page) query = query.limit(page.limit).offset(page.offset);
  const versions = await query.execute();
  if (versions.length === 0) return [];
  const parts = await listParts(
    db,
    versions.map((version) => version.id),
  );
  const organizations = await listMarks(db, [
    ...parts.map((part) => part.producer_organization_id),
    ...versions.map((version) => version.lead_organization_id),
  ]);
  return versions.map((version) => {
    const own = parts.filter((part) => part.course_version_id === version.id);
    const producers = own.map((part) => part.producer_organization_id).sort();
    const ids = [...new Set([version.lead_organization_id, ...producers])];
    return {
      courseId: version.course_id,
      courseVersionId: version.id,
      number: version.number,
      publishedAt: version.published_at,
      title: version.title,
      occupation: version.occupation,
      level: version.level,
      summary: version.summary,
      cover: version.cover,
      organizations: ids.flatMap((id) => organizations.get(id) ?? []),
      lessonCount: own.reduce((sum, part) => sum + part.lessons, 0),
      durationMs: own.reduce((sum, part) => sum + part.duration_ms, 0),
    };
  });
}

/** The newest published version of one course; NotFound for a course that was never published. */
export async function getPublishedCourse(db: Db | Trx, courseId: string): Promise<PublishedCourse> {
  const [course] = courseId ? await listPublishedCourses(db, { courseId }) : [];
  if (!course) throw new NotFound();
  return course;
}

/** How many courses the filter finds. */
export async function countPublishedCourses(
  db: Db | Trx,
  filter: CourseFilter = {},
): Promise<number> {
  const row = await selectNewest(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('found'))
    .executeTakeFirstOrThrow();
  return row.found;
}

/** What the catalog can be filtered by: only values that find something. */
export async function listCatalogFilters(
  db: Db | Trx,
): Promise<{ occupations: string[]; levels: string[]; organizations: OrganizationMark[] }> {
  const rows = await selectNewest(db, {})
    .select(['course_version.id', 'course_version.occupation', 'course_version.level'])
    .innerJoin('course', 'course.id', 'course_version.course_id')
    .select('course.lead_organization_id')
    .execute();
  const parts = await listParts(
    db,
    rows.map((row) => row.id),
  );
  const marks = await listMarks(db, [
    ...rows.map((row) => row.lead_organization_id),
    ...parts.map((part) => part.producer_organization_id),
  ]);
  const frequency = new Map<string, number>();
  for (const { occupation } of rows) {
    frequency.set(occupation, (frequency.get(occupation) ?? 0) + 1);
  }
  return {
    occupations: [...frequency.keys()]
      .filter((occupation) => occupation !== '')
      .sort((a, b) => (frequency.get(b) ?? 0) - (frequency.get(a) ?? 0) || (a < b ? -1 : 1)),
    levels: [...new Set(rows.map((row) => row.level))].filter((level) => level !== ''),
    organizations: [...marks.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

export interface PublishedVersion {
  id: string;
  number: number;
  publishedAt: number;
  publishedBy: string;
  /** What its authors said of it; empty where they said nothing. */
  note: string;
  /** What of the check list it left open. */
  openPoints: OpenPoint[];
  /** Since the version before. */
  changes: VersionChange[];
}

/** Every published version of one course, newest first. */
export async function listCourseVersions(
  db: Db | Trx,
  courseId: string,
): Promise<PublishedVersion[]> {
  const rows = await db
    .selectFrom('course_version')
    .innerJoin('person', 'person.id', 'course_version.published_by')
    .select([
      'course_version.id',
      'course_version.number',
      'course_version.published_at as publishedAt',
      'person.name as publishedBy',
      'course_version.note',
      'course_version.change_log',
      'course_version.open_points',
    ])
    .where('course_version.course_id', '=', courseId)
    .orderBy('course_version.number', 'desc')
    .execute();
  return rows.map(({ change_log, open_points, ...version }) => ({
    ...version,
    openPoints: open_points === null ? [] : (JSON.parse(open_points) as OpenPoint[]),
    changes: change_log === null ? [] : (JSON.parse(change_log) as VersionChange[]),
  }));
}

function selectNewest(db: Db | Trx, filter: CourseFilter) {
  let query = db
    .selectFrom('course_version')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('course_version as later')
            .select('later.id')
            .whereRef('later.course_id', '=', 'course_version.course_id')
            .whereRef('later.number', '>', 'course_version.number'),
        ),
      ),
    );
  if (filter.occupation) query = query.where('course_version.occupation', '=', filter.occupation);
  if (filter.level) query = query.where('course_version.level', '=', filter.level);
  const { courseId, organizationId, q } = filter;
  if (courseId) query = query.where('course_version.course_id', '=', courseId);
  if (organizationId) query = query.where((eb) => madeBy(eb, organizationId));
  for (const word of (q ?? '').split(/\s+/).filter(Boolean)) {
    query = query.where((eb) => mentions(eb, word));
  }
  return query;
}

type OfVersion = ExpressionBuilder<Database, 'course_version'>;

/** Led by the organization, or with a lesson that it produced. */
function madeBy(eb: OfVersion, organizationId: string) {
  return eb.or([
    eb.exists(
      eb
        .selectFrom('course as led')
        .select('led.id')
        .whereRef('led.id', '=', 'course_version.course_id')
        .where('led.lead_organization_id', '=', organizationId),
    ),
    eb.exists(
      eb
        .selectFrom('course_version_lesson as made')
        .select('made.lesson_id')
        .whereRef('made.course_version_id', '=', 'course_version.id')
        .where('made.producer_organization_id', '=', organizationId),
    ),
  ]);
}

function mentions(eb: OfVersion, word: string) {
  const like = (column: 'title' | 'occupation' | 'summary') =>
    eb(eb.fn<string>('lower', [`course_version.${column}`]), 'like', containing(word));
  return eb.or([
    like('title'),
    like('occupation'),
    like('summary'),
    eb.exists(
      eb
        .selectFrom('course_version_lesson as found')
        .select('found.lesson_id')
        .whereRef('found.course_version_id', '=', 'course_version.id')
        .where((inner) =>
          inner(inner.fn<string>('lower', ['found.title']), 'like', containing(word)),
        ),
    ),
  ]);
}

/** Letters that mean something to LIKE stand for any one character, which both engines agree on. */
function containing(word: string): string {
  return `%${word.toLowerCase().replace(/[%_\\]/g, '_')}%`;
}

async function listParts(db: Db | Trx, courseVersionIds: string[]) {
  if (courseVersionIds.length === 0) return [];
  return db
    .selectFrom('course_version_lesson')
    .select((eb) => [
      'course_version_id',
      'producer_organization_id',
      eb.fn.countAll<number>().as('lessons'),
      eb.fn.sum<number>('duration_ms').as('duration_ms'),
    ])
    .where('course_version_id', 'in', courseVersionIds)
    .groupBy(['course_version_id', 'producer_organization_id'])
    .execute();
}

async function listMarks(db: Db | Trx, ids: string[]): Promise<Map<string, OrganizationMark>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('organization')
    .select(['id', 'name', 'mark', 'kind'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}
