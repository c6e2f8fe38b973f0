import type { Db, Trx } from '~db/client.server';
import { requireCourseReader, type Actor } from '../co-authoring/course-reach.server';
import { NotFound } from '../shared/errors';

/** A lesson's text as one person reaches it. */
export interface LessonTextReach {
  courseId: string;
  /** The organization for which the person writes; undefined for those who only read. */
  writesFor: string | undefined;
}

/**
 * The text of a lesson for those who may read the course's draft; its authors write. Outsiders get
 * NotFound, other insiders Forbidden; a removed lesson is NotFound for everybody.
 */
export async function requireTextReader(
  db: Db | Trx,
  actor: Actor,
  lessonId: string,
): Promise<LessonTextReach> {
  const lesson = await db
    .selectFrom('lesson')
    .select('course_id')
    .where('id', '=', lessonId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (!lesson) throw new NotFound();
  const reach = await requireCourseReader(db, actor, lesson.course_id);
  return { courseId: lesson.course_id, writesFor: reach.authorFor };
}
