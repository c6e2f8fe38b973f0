import type { Db } from '~db/client.server';

export interface ClassCourse {
  courseId: string;
  courseVersionId: string;
  title: string;
  number: number;
  /** The newest published version, when it is not the class's own. */
  newer: { courseVersionId: string; number: number } | null;
}

/** The courses of a class in their order, each with the version it follows and a newer one, if there is. */
export async function listClassCourses(db: Db, classId: string): Promise<ClassCourse[]> {
  const rows = await db
    .selectFrom('class_course')
    .innerJoin('course_version', 'course_version.id', 'class_course.course_version_id')
    .innerJoin('course_version as other', 'other.course_id', 'class_course.course_id')
    .select([
      'class_course.course_id as courseId',
      'class_course.position',
      'course_version.id as courseVersionId',
      'course_version.title',
      'course_version.number',
      'other.id as otherId',
      'other.number as otherNumber',
    ])
    .where('class_course.class_id', '=', classId)
    .orderBy('class_course.position')
    .orderBy('class_course.course_id')
    .orderBy('other.number')
    .execute();
  const courses = new Map<string, ClassCourse>();
  for (const { otherId, otherNumber, position: _position, ...row } of rows) {
    const newer =
      otherNumber > row.number ? { courseVersionId: otherId, number: otherNumber } : null;
    courses.set(row.courseId, { ...row, newer });
  }
  return [...courses.values()];
}
