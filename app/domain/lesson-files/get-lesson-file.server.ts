import type { Db } from '~db/client.server';
import { requireCourseReader, type Actor } from '../co-authoring/course-reach.server';
import { DomainError, NotFound } from '../shared/errors';

export interface LessonFile {
  id: string;
  name: string;
  kind: 'image' | 'attachment';
  type: string;
}

/**
 * A picture or attachment for those who may read the text it is in: readers of the course's draft,
 * learners enrolled in (or done with) a class that teaches the course, and managers of that class's
 * organization. NotFound for everybody else, and for what does not exist.
 */
export async function getLessonFile(db: Db, actor: Actor, fileId: string): Promise<LessonFile> {
  const file = await db
    .selectFrom('lesson_file')
    .select(['id', 'name', 'kind', 'type', 'course_id'])
    .where('id', '=', fileId)
    .executeTakeFirst();
  if (!file) throw new NotFound();
  const { course_id: courseId, ...found } = file;
  if ((await readsDraft(db, actor, courseId)) || (await isTaught(db, actor, courseId)))
    return found;
  throw new NotFound();
}

async function readsDraft(db: Db, actor: Actor, courseId: string): Promise<boolean> {
  try {
    await requireCourseReader(db, actor, courseId);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

async function isTaught(db: Db, actor: Actor, courseId: string): Promise<boolean> {
  const managed = actor.memberships
    .filter(({ role }) => role === 'manager')
    .map(({ organizationId }) => organizationId);
  const row = await db
    .selectFrom('course_version')
    .innerJoin('class_course', 'class_course.course_version_id', 'course_version.id')
    .innerJoin('training_class', 'training_class.id', 'class_course.class_id')
    .leftJoin('enrollment', (join) =>
      join
        .onRef('enrollment.class_id', '=', 'class_course.class_id')
        .on('enrollment.person_id', '=', actor.personId)
        .on('enrollment.status', 'in', ['enrolled', 'completed']),
    )
    .select('course_version.id')
    .where('course_version.course_id', '=', courseId)
    .where((w) =>
      w.or([
        w('enrollment.id', 'is not', null),
        ...(managed.length > 0 ? [w('training_class.organization_id', 'in', managed)] : []),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
