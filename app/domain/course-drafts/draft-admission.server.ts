import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { requireCourseReader } from '../co-authoring/course-reach.server';
import { Forbidden } from '../shared/errors';
import type { Writer } from '../shared/live-line';
import { presentPerson } from './present-person.server';

export interface DraftAdmission {
  writer: Writer;
}

/**
 * Lets a person be told when a course's draft changes, and be seen in it: whoever may read the draft. Outsiders get
 * NotFound, other insiders Forbidden. Asked again while they are in, so that a right that ends ends there too.
 */
export async function admitToDraft(
  db: Db,
  viewer: Viewer,
  courseId: string,
): Promise<DraftAdmission> {
  if (viewer.mustFinishSignUp) throw new Forbidden();
  const { authorFor } = await requireCourseReader(db, viewer, courseId);
  return { writer: presentPerson(viewer, authorFor, authorFor !== undefined) };
}
