import type { Db } from '~db/client.server';
import { toClassHours } from '../class-hours/figures';
import type { ClassLearner } from './learner-table';
import { completeLessons, enrollmentLessons } from './enrollment-lessons.server';

/** Everybody who is or was in a class (not those who only applied), by name, in a fixed number of queries. */
export async function listClassLearners(db: Db, classId: string): Promise<ClassLearner[]> {
  const [learners, completed, lessons, organizations] = await Promise.all([
    listStandings(db, classId),
    countCompleted(db, classId),
    countLessons(db, classId),
    listOrganizations(db, classId),
  ]);
  const completedOf = new Map(completed.map((row) => [row.id, Number(row.complete)]));
  return learners.map((row) => ({
    enrollmentId: row.enrollmentId,
    personId: row.personId,
    name: row.name,
    organization: organizations.get(row.personId) ?? null,
    status: row.status,
    creditedMs: Number(row.creditedMs ?? 0),
    creditedClassHours: toClassHours(Number(row.creditedMs ?? 0), row.minutesPerClassHour),
    requiredClassHours: row.requiredTenths / 10,
    lessons,
    lessonsComplete: completedOf.get(row.enrollmentId) ?? 0,
    // A lesson may be corrected that was never played.
    lastStudiedAt: row.lastStudiedAt === 0 ? null : row.lastStudiedAt,
  }));
}

function listStandings(db: Db, classId: string) {
  return db
    .selectFrom('enrollment')
    .innerJoin('person', 'person.id', 'enrollment.person_id')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .innerJoin('rule_set_version', 'rule_set_version.id', 'training_class.rule_set_version_id')
    .leftJoin('lesson_total', 'lesson_total.enrollment_id', 'enrollment.id')
    .select((eb) => [
      'enrollment.id as enrollmentId',
      'enrollment.person_id as personId',
      'person.name',
      'enrollment.status',
      'training_class.required_tenths as requiredTenths',
      'rule_set_version.minutes_per_class_hour as minutesPerClassHour',
      eb.fn
        .sum<number | null>(
          eb('lesson_total.credited_ms', '+', eb.ref('lesson_total.corrected_ms')),
        )
        .as('creditedMs'),
      eb.fn.max<number | null>('lesson_total.last_studied_at').as('lastStudiedAt'),
    ])
    .where('enrollment.class_id', '=', classId)
    .where('enrollment.status', '!=', 'applied')
    .groupBy([
      'enrollment.id',
      'enrollment.person_id',
      'person.name',
      'enrollment.status',
      'training_class.required_tenths',
      'rule_set_version.minutes_per_class_hour',
    ])
    .orderBy('person.name')
    .orderBy('enrollment.id')
    .execute();
}

function countCompleted(db: Db, classId: string) {
  return enrollmentLessons(db)
    .select(['enrollment.id', completeLessons.as('complete')])
    .where('enrollment.class_id', '=', classId)
    .groupBy('enrollment.id')
    .execute();
}

async function countLessons(db: Db, classId: string): Promise<number> {
  const { lessons } = await db
    .selectFrom('class_course')
    .innerJoin(
      'course_version_lesson',
      'course_version_lesson.course_version_id',
      'class_course.course_version_id',
    )
    .select((eb) => eb.fn.countAll<number>().as('lessons'))
    .where('class_course.class_id', '=', classId)
    .executeTakeFirstOrThrow();
  return Number(lessons);
}

async function listOrganizations(db: Db, classId: string) {
  const rows = await db
    .selectFrom('enrollment')
    .innerJoin('membership', 'membership.person_id', 'enrollment.person_id')
    .innerJoin('organization', 'organization.id', 'membership.organization_id')
    .select(['enrollment.person_id', 'organization.name', 'organization.mark', 'organization.kind'])
    .where('enrollment.class_id', '=', classId)
    .where('membership.role', '=', 'learner')
    .where('membership.ended_at', 'is', null)
    .orderBy('membership.id', 'desc')
    .execute();
  return new Map(rows.map(({ person_id, ...organization }) => [person_id, organization]));
}
