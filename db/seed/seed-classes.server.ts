import { newId } from '~/domain/shared/new-id.server';
import type { Trx } from '../client.server';
import { castClasses, type CastClass } from './cast';
import type { SeededCourse } from './seed-courses.server';
import type { SeededPeople } from './seed-people.server';

const DAY_MS = 86_400_000;

export interface SeededClass {
  classId: string;
  cast: CastClass;
  /** Enrollment ids by worker number. */
  enrollments: Map<number, string>;
}

const managerOf: Record<string, string> = {
  yuandu: 'manager01',
  haidai: 'manager02',
  yunmen: 'manager03',
  fengyuan: 'manager04',
  yuhe: 'manager05',
  qufeng: 'manager06',
};

/** Inserts the cast's running classes, their dates counted from the platform's today, and the enrollments. */
export async function seedClasses(
  trx: Trx,
  cast: SeededPeople,
  courses: Record<string, SeededCourse>,
  ruleSetVersions: Record<CastClass['ruleSet'], string>,
  dayOf: (moment: number) => string,
  now: number,
): Promise<SeededClass[]> {
  const seeded: SeededClass[] = [];
  for (const planned of castClasses) {
    const classId = newId();
    const opened = now + planned.from * DAY_MS;
    const manager = cast.people[managerOf[planned.organization] ?? ''] ?? '';
    await trx
      .insertInto('training_class')
      .values({
        id: classId,
        organization_id: cast.organizations[planned.organization],
        title: planned.title,
        starts_on: dayOf(opened),
        ends_on: dayOf(now + planned.to * DAY_MS),
        capacity: planned.capacity,
        required_tenths: planned.requiredTenths,
        rule_set_version_id: ruleSetVersions[planned.ruleSet],
        open_to_applications: planned.openToApplications ? 1 : 0,
        created_by: manager,
        created_at: opened,
        version: 1,
      })
      .execute();
    await trx
      .insertInto('class_course')
      .values(
        planned.courses.map((key, index) => ({
          class_id: classId,
          course_id: courses[key]?.courseId ?? '',
          course_version_id: courses[key]?.versionId ?? '',
          position: index + 1,
        })),
      )
      .execute();
    const enrollments = new Map(planned.workers.map((number) => [number, newId()]));
    const rows = [...enrollments].map(([number, id]) => ({ number, id }));
    await trx
      .insertInto('enrollment')
      .values(
        rows.map(({ number, id }) => ({
          id,
          class_id: classId,
          person_id: cast.people[`worker${String(number).padStart(2, '0')}`] ?? '',
          status: 'enrolled' as const,
          created_at: opened,
        })),
      )
      .execute();
    await trx
      .insertInto('enrollment_status')
      .values(
        rows.map(({ id }) => ({
          id: newId(),
          enrollment_id: id,
          status: 'enrolled' as const,
          from_at: opened,
          by_person_id: manager,
        })),
      )
      .execute();
    seeded.push({ classId, cast: planned, enrollments });
  }
  return seeded;
}
