import type { Db } from '~db/client.server';
import type { EnrollmentStatus } from '~db/tables/classes';
import type { OrganizationKind } from '~db/tables/organizations';
import { NotFound } from '../shared/errors';
import { classState, daysLeft, type ClassState } from './class-state';

export interface OpenClass {
  id: string;
  title: string;
  organizationName: string;
  organizationMark: string;
  organizationKind: OrganizationKind;
  state: ClassState;
  startsOn: string;
  endsOn: string;
  daysLeft: number;
  capacity: number;
  placesLeft: number;
  /** Takes applications now. */
  open: boolean;
  requiredClassHours: number;
  /** The drawing of its first course. */
  cover: string;
  courses: { courseId: string; title: string; lessons: number; durationMs: number }[];
  /** How the person looking stands in it; null for a stranger. */
  ownStatus: EnrollmentStatus | null;
  ownEnrollmentId: string | null;
}

/**
 * Classes open to applications that have not ended, the next to begin first, as `personId` (null: nobody
 * signed in) sees them. Three queries. `today` is a day of the platform's zone.
 */
export async function listOpenClasses(
  db: Db,
  personId: string | null,
  today: string,
  classId?: string,
): Promise<OpenClass[]> {
  let open = db
    .selectFrom('training_class')
    .innerJoin('organization', 'organization.id', 'training_class.organization_id')
    .leftJoin('enrollment', (join) =>
      join
        .onRef('enrollment.class_id', '=', 'training_class.id')
        .on('enrollment.person_id', '=', personId ?? ''),
    )
    .select((eb) => [
      'training_class.id',
      'training_class.title',
      'organization.name as organizationName',
      'organization.mark as organizationMark',
      'organization.kind as organizationKind',
      'training_class.starts_on as startsOn',
      'training_class.ends_on as endsOn',
      'training_class.capacity',
      'training_class.required_tenths',
      'training_class.open_to_applications',
      'enrollment.status as ownStatus',
      'enrollment.id as ownEnrollmentId',
      eb
        .selectFrom('enrollment as taken')
        .select((taken) => taken.fn.countAll<number>().as('n'))
        .whereRef('taken.class_id', '=', 'training_class.id')
        .where('taken.status', 'in', ['enrolled', 'completed'])
        .as('taken'),
    ])
    .orderBy('training_class.starts_on')
    .orderBy('training_class.id');
  open = classId
    ? open.where('training_class.id', '=', classId)
    : open.where('training_class.ends_on', '>=', today);
  // A class is shown while it is open; who is in it, or has applied, still finds it when it closes.
  open = open.where((eb) =>
    eb.or([
      eb.and([
        eb('training_class.open_to_applications', '=', 1),
        eb('training_class.ends_on', '>=', today),
      ]),
      eb.and([eb.lit(classId !== undefined), eb('enrollment.id', 'is not', null)]),
    ]),
  );
  const rows = await open.execute();
  if (rows.length === 0) return [];
  const courses = await listCourses(
    db,
    rows.map((row) => row.id),
  );
  return rows.map(({ required_tenths, open_to_applications, taken, ...row }) => {
    const own = courses.filter((course) => course.class_id === row.id);
    return {
      ...row,
      state: classState(row.startsOn, row.endsOn, today),
      daysLeft: daysLeft(row.endsOn, today),
      requiredClassHours: required_tenths / 10,
      open: open_to_applications === 1 && row.endsOn >= today,
      placesLeft: Math.max(0, row.capacity - Number(taken)),
      cover: own[0]?.cover ?? '',
      courses: own.map(({ course_id, title, lessons, duration_ms }) => ({
        courseId: course_id,
        title,
        lessons: Number(lessons),
        durationMs: Number(duration_ms),
      })),
    };
  });
}

/** One such class; also one that has closed, for those who are in it. Throws NotFound for all others. */
export async function getOpenClass(
  db: Db,
  personId: string | null,
  today: string,
  classId: string,
): Promise<OpenClass> {
  const [found] = await listOpenClasses(db, personId, today, classId);
  if (!found) throw new NotFound();
  return found;
}

function listCourses(db: Db, classIds: string[]) {
  return db
    .selectFrom('class_course')
    .innerJoin('course', 'course.id', 'class_course.course_id')
    .innerJoin('course_version', 'course_version.id', 'class_course.course_version_id')
    .innerJoin(
      'course_version_lesson',
      'course_version_lesson.course_version_id',
      'class_course.course_version_id',
    )
    .select((eb) => [
      'class_course.class_id',
      'class_course.course_id',
      'class_course.position',
      'course_version.title',
      'course.cover',
      eb.fn.countAll<number>().as('lessons'),
      eb.fn.sum<number>('course_version_lesson.duration_ms').as('duration_ms'),
    ])
    .where('class_course.class_id', 'in', classIds)
    .groupBy([
      'class_course.class_id',
      'class_course.course_id',
      'class_course.position',
      'course_version.title',
      'course.cover',
    ])
    .orderBy('class_course.class_id')
    .orderBy('class_course.position')
    .execute();
}
