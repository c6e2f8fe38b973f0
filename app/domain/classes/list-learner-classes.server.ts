import type { Db } from '~db/client.server';
import { prepareQuery } from '~db/prepared-query';
import type { EnrollmentStatus } from '~db/tables/classes';
import type { OrganizationKind } from '~db/tables/organizations';
import { toClassHours } from '../class-hours/figures';
import { dayAt } from '../class-hours/platform-day';
import { classState, daysLeft, type ClassState } from './class-state';
import { completeLessons, enrollmentLessons } from './enrollment-lessons.server';

export interface LearnerClass {
  enrollmentId: string;
  classId: string;
  title: string;
  organizationName: string;
  organizationMark: string;
  organizationKind: OrganizationKind;
  status: EnrollmentStatus;
  state: ClassState;
  startsOn: string;
  endsOn: string;
  daysLeft: number;
  minutesPerClassHour: number;
  requiredClassHours: number;
  creditedClassHours: number;
  creditedMs: number;
  lessons: number;
  lessonsComplete: number;
  lastStudiedAt: number | null;
}

/**
 * The classes of a learner, whatever their status, those that can be studied now first, the one studied
 * last on top; with `only`, the one of that enrollment or none. Two queries, however many classes. `now` in ms; days
 * are cut in `zone`.
 */
export async function listLearnerClasses(
  db: Db,
  personId: string,
  now: number,
  zone: string,
  only?: string,
): Promise<LearnerClass[]> {
  const today = dayAt(now, zone).day;
  const [classes, lessons] =
    only === undefined
      ? await Promise.all([listClasses(db, { personId }), countLessons(db, { personId })])
      : await Promise.all([
          findClass(db, { personId, only }),
          countLessonsOfOne(db, { personId, only }),
        ]);
  const byEnrollment = new Map(lessons.map((row) => [row.id, row]));
  return classes
    .map(({ requiredTenths, ...row }): LearnerClass => {
      const creditedMs = Number(row.creditedMs ?? 0);
      const counted = byEnrollment.get(row.enrollmentId);
      return {
        ...row,
        creditedMs,
        state: classState(row.startsOn, row.endsOn, today),
        daysLeft: daysLeft(row.endsOn, today),
        requiredClassHours: requiredTenths / 10,
        creditedClassHours: toClassHours(creditedMs, row.minutesPerClassHour),
        lessons: Number(counted?.lessons ?? 0),
        lessonsComplete: Number(counted?.complete ?? 0),
      };
    })
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        (b.lastStudiedAt ?? 0) - (a.lastStudiedAt ?? 0) ||
        (a.endsOn < b.endsOn ? -1 : a.endsOn > b.endsOn ? 1 : 0) ||
        (a.enrollmentId < b.enrollmentId ? -1 : 1),
    );
}

/** Studied now, begins later, waits for approval, over. */
function rank({ state, status }: LearnerClass): number {
  if (status === 'withdrawn' || state === 'ended') return 4;
  if (status === 'applied') return 3;
  if (state === 'preparing') return 2;
  return status === 'enrolled' ? 0 : 1;
}

const listClasses = prepareQuery((db, asked: { personId: string }) =>
  classesOf(db).where('enrollment.person_id', '=', asked.personId),
);

const findClass = prepareQuery((db, asked: { personId: string; only: string }) =>
  classesOf(db)
    .where('enrollment.person_id', '=', asked.personId)
    .where('enrollment.id', '=', asked.only),
);

const countLessons = prepareQuery((db, asked: { personId: string }) =>
  lessonCountsOf(db).where('enrollment.person_id', '=', asked.personId),
);

const countLessonsOfOne = prepareQuery((db, asked: { personId: string; only: string }) =>
  lessonCountsOf(db)
    .where('enrollment.person_id', '=', asked.personId)
    .where('enrollment.id', '=', asked.only),
);

function classesOf(db: Db) {
  return db
    .selectFrom('enrollment')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .innerJoin('organization', 'organization.id', 'training_class.organization_id')
    .innerJoin('rule_set_version', 'rule_set_version.id', 'training_class.rule_set_version_id')
    .select((eb) => [
      'enrollment.id as enrollmentId',
      'enrollment.status',
      'training_class.id as classId',
      'training_class.title',
      'training_class.starts_on as startsOn',
      'training_class.ends_on as endsOn',
      'training_class.required_tenths as requiredTenths',
      'organization.name as organizationName',
      'organization.mark as organizationMark',
      'organization.kind as organizationKind',
      'rule_set_version.minutes_per_class_hour as minutesPerClassHour',
      eb
        .selectFrom('lesson_total')
        .select((total) =>
          total.fn
            .sum<number>(
              total('lesson_total.credited_ms', '+', total.ref('lesson_total.corrected_ms')),
            )
            .as('ms'),
        )
        .whereRef('lesson_total.enrollment_id', '=', 'enrollment.id')
        .as('creditedMs'),
      eb
        .selectFrom('lesson_total')
        .select((total) => total.fn.max('lesson_total.last_studied_at').as('at'))
        .whereRef('lesson_total.enrollment_id', '=', 'enrollment.id')
        .as('lastStudiedAt'),
    ]);
}

function lessonCountsOf(db: Db) {
  return enrollmentLessons(db)
    .select((eb) => [
      'enrollment.id',
      eb.fn.countAll<number>().as('lessons'),
      completeLessons.as('complete'),
    ])
    .groupBy('enrollment.id');
}
