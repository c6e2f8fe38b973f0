import type { Db } from '~db/client.server';
import type { EnrollmentStatus } from '~db/tables/classes';
import { canManage } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';
import { toClassHours } from '../class-hours/figures';
import { NotFound } from '../shared/errors';

export interface LessonRecord {
  lessonId: string;
  title: string;
  courseTitle: string;
  kind: 'video' | 'article';
  producerName: string;
  durationMs: number;
  creditedMs: number;
  coveredMs: number;
  spentMs: number;
  complete: boolean;
  lastStudiedAt: number | null;
  days: { day: string; creditedMs: number }[];
}

export interface EnrollmentRecord {
  enrollmentId: string;
  personId: string;
  personName: string;
  classId: string;
  classTitle: string;
  status: EnrollmentStatus;
  statuses: { status: EnrollmentStatus; fromAt: number }[];
  requiredClassHours: number;
  ruleSetName: string;
  ruleSetNameEn: string;
  ruleSetVersion: number;
  creditedMs: number;
  creditedClassHours: number;
  lessons: LessonRecord[];
}

/**
 * What a learner's class hours in one class are made of: each lesson, also those the class no longer has, with
 * its days. For managers of the class's organization and the bureau; NotFound for others.
 */
export async function getEnrollmentRecord(
  db: Db,
  viewer: Viewer,
  enrollmentId: string,
): Promise<EnrollmentRecord> {
  const row = await db
    .selectFrom('enrollment')
    .innerJoin('person', 'person.id', 'enrollment.person_id')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .innerJoin('rule_set_version', 'rule_set_version.id', 'training_class.rule_set_version_id')
    .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
    .select([
      'rule_set.name as ruleSetName',
      'rule_set.name_en as ruleSetNameEn',
      'rule_set_version.version as ruleSetVersion',
      'enrollment.id as enrollmentId',
      'enrollment.person_id as personId',
      'person.name as personName',
      'enrollment.class_id as classId',
      'training_class.title as classTitle',
      'training_class.organization_id',
      'training_class.required_tenths',
      'rule_set_version.minutes_per_class_hour',
      'enrollment.status',
    ])
    .where('enrollment.id', '=', enrollmentId)
    .executeTakeFirst();
  if (!row || !canManage(viewer, row.organization_id)) throw new NotFound();
  const [statuses, lessons, days] = await Promise.all([
    db
      .selectFrom('enrollment_status')
      .select(['status', 'from_at as fromAt'])
      .where('enrollment_id', '=', enrollmentId)
      .orderBy('from_at')
      .orderBy('id')
      .execute(),
    listLessons(db, enrollmentId),
    db
      .selectFrom('lesson_day')
      .select((eb) => [
        'lesson_id',
        'day',
        eb('credited_ms', '+', eb.ref('corrected_ms')).as('creditedMs'),
      ])
      .where('enrollment_id', '=', enrollmentId)
      .orderBy('day')
      .execute(),
  ]);
  const records = lessons.map((lesson) => ({
    ...lesson,
    days: days
      .filter((day) => day.lesson_id === lesson.lessonId && day.creditedMs !== 0)
      .map(({ day, creditedMs }) => ({ day, creditedMs })),
  }));
  const { organization_id: _organization, required_tenths, minutes_per_class_hour, ...own } = row;
  const creditedMs = records.reduce((sum, lesson) => sum + lesson.creditedMs, 0);
  return {
    ...own,
    statuses,
    requiredClassHours: required_tenths / 10,
    creditedMs,
    creditedClassHours: toClassHours(creditedMs, minutes_per_class_hour),
    lessons: records,
  };
}

/** The class's lessons in their order, then those that were studied and are in it no more. */
async function listLessons(db: Db, enrollmentId: string): Promise<Omit<LessonRecord, 'days'>[]> {
  const rows = await db
    .selectFrom('enrollment')
    .innerJoin('lesson', (join) => join.onTrue())
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .leftJoin('class_course', (join) =>
      join
        .onRef('class_course.class_id', '=', 'enrollment.class_id')
        .onRef('class_course.course_id', '=', 'lesson.course_id'),
    )
    .leftJoin('course_version_lesson', (join) =>
      join
        .onRef('course_version_lesson.course_version_id', '=', 'class_course.course_version_id')
        .onRef('course_version_lesson.lesson_id', '=', 'lesson.id'),
    )
    .leftJoin('lesson_total', (join) =>
      join
        .onRef('lesson_total.enrollment_id', '=', 'enrollment.id')
        .onRef('lesson_total.lesson_id', '=', 'lesson.id'),
    )
    .leftJoin('article_reading', (join) =>
      join
        .onRef('article_reading.enrollment_id', '=', 'enrollment.id')
        .onRef('article_reading.lesson_id', '=', 'lesson.id'),
    )
    .innerJoin('organization', (join) =>
      join.on((eb) =>
        eb(
          'organization.id',
          '=',
          eb.fn.coalesce(
            'course_version_lesson.producer_organization_id',
            'lesson.producer_organization_id',
          ),
        ),
      ),
    )
    .select((eb) => [
      'lesson.id as lessonId',
      eb.fn.coalesce('course_version_lesson.title', 'lesson.title').as('title'),
      'course.title as courseTitle',
      'lesson.kind',
      'organization.name as producerName',
      'course_version_lesson.duration_ms',
      'class_course.position as course_position',
      'course_version_lesson.position',
      'lesson_total.credited_ms',
      'lesson_total.corrected_ms',
      'lesson_total.covered_ms',
      'lesson_total.spent_ms',
      'lesson_total.complete',
      'lesson_total.last_studied_at',
      'article_reading.read_at',
    ])
    .where('enrollment.id', '=', enrollmentId)
    .where('lesson.id', 'in', (eb) =>
      eb
        .selectFrom('enrollment as own')
        .innerJoin('class_course as had', 'had.class_id', 'own.class_id')
        .innerJoin(
          'course_version_lesson as part',
          'part.course_version_id',
          'had.course_version_id',
        )
        .select('part.lesson_id')
        .where('own.id', '=', enrollmentId)
        .union(
          eb
            .selectFrom('lesson_total as studied')
            .select('studied.lesson_id')
            .where('studied.enrollment_id', '=', enrollmentId),
        ),
    )
    .orderBy('lesson.id')
    .execute();
  const last = Number.MAX_SAFE_INTEGER;
  return rows
    .sort(
      (a, b) =>
        (a.course_position ?? last) - (b.course_position ?? last) ||
        (a.position ?? last) - (b.position ?? last),
    )
    .map((row) => ({
      lessonId: row.lessonId,
      title: row.title,
      courseTitle: row.courseTitle,
      kind: row.kind,
      producerName: row.producerName,
      durationMs: row.duration_ms ?? 0,
      creditedMs: (row.credited_ms ?? 0) + (row.corrected_ms ?? 0),
      coveredMs: row.covered_ms ?? 0,
      spentMs: row.spent_ms ?? 0,
      complete: row.complete === 1 || row.read_at !== null,
      lastStudiedAt: row.last_studied_at ?? row.read_at,
    }));
}
