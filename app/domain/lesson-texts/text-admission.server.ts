import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { presentPerson } from '../course-drafts/present-person.server';
import { Forbidden } from '../shared/errors';
import type { Writer } from '../shared/live-line';
import { requireTextReader } from './lesson-text-reach.server';

export interface TextAdmission {
  writer: Writer;
  /** The organization for which the person writes; undefined for those who only read. */
  writesFor: string | undefined;
}

/**
 * Lets a person into a lesson's text: readers of the course's draft, of whom those write who edit the lesson.
 * Outsiders
 * get NotFound, others Forbidden. Asked again while they are in, so that a right that ends ends there too.
 */
export async function admitToText(
  db: Db,
  viewer: Viewer,
  lessonId: string,
): Promise<TextAdmission> {
  if (viewer.mustFinishSignUp) throw new Forbidden();
  const { authorFor, writesFor } = await requireTextReader(db, viewer, lessonId);
  return { writesFor, writer: presentPerson(viewer, authorFor, writesFor !== undefined) };
}
