import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { Forbidden } from '../shared/errors';
import { requireTextReader } from './lesson-text-reach.server';
import type { Writer } from './text-protocol';

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
  const shown =
    viewer.memberships.find(({ organizationId }) => organizationId === authorFor) ??
    viewer.memberships[0];
  return {
    writesFor,
    writer: {
      personId: viewer.personId,
      name: viewer.name,
      organization: shown?.name ?? '',
      mark: shown?.mark ?? '',
      kind: shown?.kind ?? 'bureau',
      writes: writesFor !== undefined,
    },
  };
}
