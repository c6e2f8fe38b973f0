import type { Db } from '~db/client.server';
import {
  makeClass,
  makeCourse,
  makeEnrollment,
  makeOrganization,
  makePerson,
  makeRuleSet,
} from '~db/testing-cast';

/** A lesson that somebody may be credited for in a class, with all it is added up by. */
export interface Place {
  enrollmentId: string;
  lessonId: string;
  keys: Record<'organization' | 'class' | 'course' | 'learner' | 'producer', string>;
  minutesPerClassHour: number;
}

/**
 * Three organizations with classes of 45 and of 60 minutes, on two courses with lessons of several producers, and
 * people who are each in several of them. Answers every lesson of every enrollment.
 */
export async function makeCity(db: Db): Promise<Place[]> {
  const organizations: string[] = [];
  for (const name of ['甲学院', '乙学院', '丙集团']) {
    organizations.push(await makeOrganization(db, { name }));
  }
  const [first, second, third] = organizations as [string, string, string];
  const { personId: authorId } = await makePerson(db, { name: '作者' });
  const people: string[] = [];
  for (const name of ['赵', '钱', '孙', '李']) {
    people.push((await makePerson(db, { name })).personId);
  }
  const courses: Awaited<ReturnType<typeof makeCourse>>[] = [];
  const producers = [
    [first, third],
    [second, third],
  ];
  for (const [index, [own, other]] of producers.entries()) {
    const lessons = [
      { title: '一', producerOrganizationId: own! },
      { title: '二', producerOrganizationId: other! },
    ];
    const title = `课程${index}`;
    courses.push(await makeCourse(db, { title, organizationId: own!, authorId, lessons }));
  }
  const places: Place[] = [];
  const classes = [
    { organizationId: first, minutesPerClassHour: 45, courses: [0, 1], people: [0, 1, 2] },
    { organizationId: first, minutesPerClassHour: 60, courses: [0], people: [2, 3] },
    { organizationId: second, minutesPerClassHour: 45, courses: [1], people: [0, 3] },
    { organizationId: third, minutesPerClassHour: 60, courses: [0, 1], people: [1, 2] },
  ];
  for (const [index, given] of classes.entries()) {
    const { organizationId, minutesPerClassHour } = given;
    const taught = given.courses.map((course) => courses[course]!);
    const classId = await makeClass(db, {
      title: `班${index}`,
      organizationId,
      createdBy: authorId,
      courses: taught,
      ruleSetVersionId: await makeRuleSet(db, { minutesPerClassHour }),
    });
    for (const personId of given.people.map((person) => people[person]!)) {
      const enrollmentId = await makeEnrollment(db, { classId, personId });
      for (const course of given.courses) {
        courses[course]!.lessons.forEach(({ id: lessonId }, lesson) => {
          const keys = {
            organization: organizationId,
            class: classId,
            course: courses[course]!.courseId,
            learner: personId,
            producer: producers[course]![lesson]!,
          };
          places.push({ enrollmentId, lessonId, keys, minutesPerClassHour });
        });
      }
    }
  }
  return places;
}
