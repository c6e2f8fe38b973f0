import type { Db } from '~db/client.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { findRevision } from './list-revisions.server';

/** Gives a state a name, by which it is found again, or takes it away (an empty one); for authors. */
export async function nameRevision(
  db: Db,
  actor: Actor,
  input: { courseId: string; revisionId: string; name: string },
): Promise<void> {
  const { courseId, revisionId, name } = input;
  await requireAuthor(db, actor, courseId);
  await findRevision(db, courseId, revisionId);
  await db
    .updateTable('course_revision')
    .set({ name: name === '' ? null : name })
    .where('id', '=', revisionId)
    .execute();
}
