import type { Db, Trx } from '~db/client.server';
import { requireCourseReader, type Actor } from '../co-authoring/course-reach.server';
import { findPart } from '../co-authoring/part-reach.server';
import { editsPart } from '../co-authoring/part-rights';
import { NotFound } from '../shared/errors';

/** A lesson's text as one person reaches it. */
export interface LessonTextReach {
  courseId: string;
  /** The organization whose author of the course the person is, whether they write here or not. */
  authorFor: string | undefined;
  /** The organization for which the person writes; undefined for those who only read. */
  writesFor: string | undefined;
}

/**
 * The text of a lesson for those who may read the course's draft; who edits the lesson writes. Outsiders get
 * NotFound, other insiders Forbidden; a removed lesson is NotFound for everybody.
 */
export async function requireTextReader(
  db: Db | Trx,
  actor: Actor,
  lessonId: string,
): Promise<LessonTextReach> {
  const lesson = await findPart(db, { lessonId });
  if (!lesson) throw new NotFound();
  const reach = await requireCourseReader(db, actor, lesson.courseId);
  const { authorFor } = reach;
  const writesFor = editsPart(reach, lesson) ? authorFor : undefined;
  return { courseId: lesson.courseId, authorFor, writesFor };
}
