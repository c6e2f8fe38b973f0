import { addToRollUps } from '~/domain/class-hours/add-to-roll-ups.server';
import type { PresenceRule } from '~/domain/class-hours/rule-set';
import { newId } from '~/domain/shared/new-id.server';
import type { Viewer } from '~/domain/accounts/viewer.server';
import type { Db } from './client.server';
import type { EnrollmentStatus } from './tables/classes';
import type { OrganizationKind, Role } from './tables/organizations';

/** 2026-11-02 09:00 in Shanghai: the Monday on which the cast's story begins. */
export const STORY_BEGINS = Date.parse('2026-11-02T01:00:00Z');

/** An organization straight in the database; the short code is unique by itself. */
export async function makeOrganization(
  db: Db,
  given: { name: string; kind?: OrganizationKind; mark?: string },
): Promise<string> {
  const id = newId();
  await db
    .insertInto('organization')
    .values({
      id,
      kind: given.kind ?? 'technicianCollege',
      name: given.name,
      mark: given.mark ?? given.name.slice(0, 1),
      short_code: id.slice(-12),
      created_at: STORY_BEGINS,
    })
    .execute();
  return id;
}

/** A person who can sign in nowhere (no password), with roles in organizations; answers the viewer they are. */
export async function makePerson(
  db: Db,
  given: {
    name: string;
    roles?: { organizationId: string; role: Role }[];
    administrator?: boolean;
  },
): Promise<Viewer> {
  const personId = newId();
  await db
    .insertInto('person')
    .values({
      id: personId,
      name: given.name,
      password_hash: null,
      password_set_at: null,
      locale: 'zh',
      created_at: STORY_BEGINS,
      disabled_at: null,
    })
    .execute();
  const memberships: Viewer['memberships'] = [];
  for (const { organizationId, role } of given.roles ?? []) {
    await db
      .insertInto('membership')
      .values({
        id: newId(),
        organization_id: organizationId,
        person_id: personId,
        role,
        granted_by: null,
        granted_at: STORY_BEGINS,
        ended_at: null,
      })
      .execute();
    const { name, mark, kind } = await db
      .selectFrom('organization')
      .select(['name', 'mark', 'kind'])
      .where('id', '=', organizationId)
      .executeTakeFirstOrThrow();
    memberships.push({ organizationId, role, name, mark, kind });
  }
  if (given.administrator) {
    await db
      .insertInto('bureau_administrator')
      .values({ person_id: personId, granted_by: null, granted_at: STORY_BEGINS, ended_at: null })
      .execute();
  }
  return {
    personId,
    name: given.name,
    locale: 'zh',
    memberships,
    administrator: given.administrator ?? false,
    mustFinishSignUp: false,
  };
}

export interface CastLesson {
  id: string;
  title: string;
  kind: 'video' | 'article';
  durationMs: number;
  producerOrganizationId: string;
}

export interface CastCourse {
  courseId: string;
  courseVersionId: string;
  lessons: CastLesson[];
}

/** A course of one chapter with its first published version. Lessons have no media behind them. */
export async function makeCourse(
  db: Db,
  given: {
    title: string;
    organizationId: string;
    authorId: string;
    lessons: {
      title: string;
      kind?: 'video' | 'article';
      durationMs?: number;
      producerOrganizationId?: string;
    }[];
  },
): Promise<CastCourse> {
  const courseId = newId();
  const chapterId = newId();
  await db
    .insertInto('course')
    .values({
      id: courseId,
      title: given.title,
      occupation: '柴油机装调工',
      level: 'intermediate',
      summary: '',
      cover: 'diesel',
      lead_organization_id: given.organizationId,
      created_by: given.authorId,
      created_at: STORY_BEGINS,
      version: 1,
    })
    .execute();
  await db
    .insertInto('chapter')
    .values({
      id: chapterId,
      course_id: courseId,
      title: '第一章',
      position: 1,
      producer_organization_id: given.organizationId,
      version: 1,
      removed_at: null,
    })
    .execute();
  const lessons = given.lessons.map((lesson): CastLesson => {
    const kind = lesson.kind ?? 'video';
    return {
      id: newId(),
      title: lesson.title,
      kind,
      durationMs: kind === 'article' ? 0 : (lesson.durationMs ?? 45 * 60_000),
      producerOrganizationId: lesson.producerOrganizationId ?? given.organizationId,
    };
  });
  for (const [index, lesson] of lessons.entries()) {
    await db
      .insertInto('lesson')
      .values({
        id: lesson.id,
        course_id: courseId,
        chapter_id: chapterId,
        position: index + 1,
        kind: lesson.kind,
        title: lesson.title,
        media_id: null,
        article_html: '',
        producer_organization_id: lesson.producerOrganizationId,
        author_id: given.authorId,
        version: 1,
        updated_by: given.authorId,
        updated_at: STORY_BEGINS,
        removed_at: null,
      })
      .execute();
  }
  const courseVersionId = await publishVersion(db, {
    courseId,
    chapterId,
    number: 1,
    title: given.title,
    authorId: given.authorId,
    lessons,
  });
  return { courseId, courseVersionId, lessons };
}

async function publishVersion(
  db: Db,
  given: {
    courseId: string;
    chapterId: string;
    number: number;
    title: string;
    authorId: string;
    lessons: CastLesson[];
  },
): Promise<string> {
  const id = newId();
  await db
    .insertInto('course_version')
    .values({
      id,
      course_id: given.courseId,
      number: given.number,
      title: given.title,
      published_by: given.authorId,
      published_at: STORY_BEGINS + given.number,
    })
    .execute();
  await db
    .insertInto('course_version_chapter')
    .values({
      course_version_id: id,
      chapter_id: given.chapterId,
      position: 1,
      title: '第一章',
    })
    .execute();
  for (const [index, lesson] of given.lessons.entries()) {
    await db
      .insertInto('course_version_lesson')
      .values({
        course_version_id: id,
        lesson_id: lesson.id,
        chapter_id: given.chapterId,
        position: index + 1,
        kind: lesson.kind,
        title: lesson.title,
        media_id: null,
        duration_ms: lesson.durationMs,
        article_html: '',
        producer_organization_id: lesson.producerOrganizationId,
        author_id: given.authorId,
      })
      .execute();
  }
  return id;
}

/** The next published version of a course with some of its lessons, in the order given; answers its id. */
export async function makeNextVersion(
  db: Db,
  course: CastCourse,
  lessons: CastLesson[],
): Promise<string> {
  const chapter = await db
    .selectFrom('chapter')
    .select('id')
    .where('course_id', '=', course.courseId)
    .executeTakeFirstOrThrow();
  const last = await db
    .selectFrom('course_version')
    .select(['number', 'title', 'published_by'])
    .where('course_id', '=', course.courseId)
    .orderBy('number', 'desc')
    .executeTakeFirstOrThrow();
  return publishVersion(db, {
    courseId: course.courseId,
    chapterId: chapter.id,
    number: last.number + 1,
    title: last.title,
    authorId: last.published_by,
    lessons,
  });
}

/** What a test's rule set says other than the usual: 45 min, 1.0x, visible, 30 min offline. */
export interface CastRules {
  minutesPerClassHour?: number;
  maxSpeed?: number;
  dailyCapMs?: number;
  offlineAllowanceMs?: number;
  presence?: PresenceRule;
}

/** A rule set with one version; answers the version's id. */
export async function makeRuleSet(db: Db, given: CastRules = {}): Promise<string> {
  const id = newId();
  await db.insertInto('rule_set').values({ id, name: '测试规则', name_en: 'Test rules' }).execute();
  const versionId = newId();
  await db
    .insertInto('rule_set_version')
    .values({
      id: versionId,
      rule_set_id: id,
      version: 1,
      published_at: STORY_BEGINS,
      minutes_per_class_hour: given.minutesPerClassHour ?? 45,
      max_speed_milli: Math.round((given.maxSpeed ?? 1) * 1000),
      require_visible: 1,
      daily_cap_ms: given.dailyCapMs ?? null,
      offline_allowance_ms: given.offlineAllowanceMs ?? 30 * 60_000,
      presence: given.presence ? JSON.stringify(given.presence) : null,
    })
    .execute();
  return versionId;
}

/** A class in November 2026 that nobody is in yet. */
export async function makeClass(
  db: Db,
  given: {
    title: string;
    organizationId: string;
    createdBy: string;
    courses: CastCourse[];
    ruleSetVersionId?: string;
    startsOn?: string;
    endsOn?: string;
    capacity?: number;
    requiredTenths?: number;
    openToApplications?: boolean;
  },
): Promise<string> {
  const id = newId();
  await db
    .insertInto('training_class')
    .values({
      id,
      organization_id: given.organizationId,
      title: given.title,
      starts_on: given.startsOn ?? '2026-11-01',
      ends_on: given.endsOn ?? '2026-11-30',
      capacity: given.capacity ?? 40,
      required_tenths: given.requiredTenths ?? 20,
      rule_set_version_id: given.ruleSetVersionId ?? (await makeRuleSet(db)),
      open_to_applications: given.openToApplications ? 1 : 0,
      created_by: given.createdBy,
      created_at: STORY_BEGINS,
      version: 1,
    })
    .execute();
  for (const [index, course] of given.courses.entries()) {
    await db
      .insertInto('class_course')
      .values({
        class_id: id,
        course_id: course.courseId,
        course_version_id: course.courseVersionId,
        position: index + 1,
      })
      .execute();
  }
  return id;
}

/** An enrollment that has its status from `fromAt` on. */
export async function makeEnrollment(
  db: Db,
  given: { classId: string; personId: string; status?: EnrollmentStatus; fromAt?: number },
): Promise<string> {
  const id = newId();
  const status = given.status ?? 'enrolled';
  const fromAt = given.fromAt ?? STORY_BEGINS;
  await db
    .insertInto('enrollment')
    .values({
      id,
      class_id: given.classId,
      person_id: given.personId,
      status,
      created_at: fromAt,
    })
    .execute();
  await db
    .insertInto('enrollment_status')
    .values({ id: newId(), enrollment_id: id, status, from_at: fromAt, by_person_id: null })
    .execute();
  return id;
}

/** Credit of one day in one lesson, in the day's row and added to the lesson's total, without beats behind it. */
export async function makeCredit(
  db: Db,
  given: {
    enrollmentId: string;
    personId: string;
    lessonId: string;
    day: string;
    creditedMs: number;
    complete?: boolean;
  },
): Promise<void> {
  const { enrollmentId, lessonId, creditedMs } = given;
  const studiedAt = Date.parse(`${given.day}T04:00:00Z`);
  await db
    .insertInto('lesson_day')
    .values({
      enrollment_id: enrollmentId,
      lesson_id: lessonId,
      day: given.day,
      credited_ms: creditedMs,
      spent_ms: creditedMs,
    })
    .execute();
  await db
    .transaction()
    .execute((trx) =>
      addToRollUps(trx, [
        { enrollmentId, lessonId, day: given.day, creditedMs, spentMs: creditedMs },
      ]),
    );
  const before = await db
    .selectFrom('lesson_total')
    .select('credited_ms')
    .where('enrollment_id', '=', enrollmentId)
    .where('lesson_id', '=', lessonId)
    .executeTakeFirst();
  const total = (before?.credited_ms ?? 0) + creditedMs;
  const row = {
    person_id: given.personId,
    credited_ms: total,
    covered_ms: total,
    spent_ms: total,
    coverage: JSON.stringify([[0, total]]),
    folded_to_at: studiedAt,
    last_media_ms: total,
    last_studied_at: studiedAt,
    complete: given.complete ? 1 : 0,
  } as const;
  await db
    .insertInto('lesson_total')
    .values({ enrollment_id: enrollmentId, lesson_id: lessonId, ...row })
    .onConflict((c) => c.columns(['enrollment_id', 'lesson_id']).doUpdateSet(row))
    .execute();
}
