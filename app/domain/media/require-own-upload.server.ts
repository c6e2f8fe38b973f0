import type { Db } from '~db/client.server';
import { canAuthor, type Actor } from '../co-authoring/course-reach.server';
import { NotFound } from '../shared/errors';

export interface OwnUpload {
  id: string;
  bytes: number;
  finished: boolean;
}

/** The person's own upload, as long as they are an author of its course; NotFound for all others. */
export async function requireOwnUpload(db: Db, actor: Actor, uploadId: string): Promise<OwnUpload> {
  const row = await db
    .selectFrom('upload')
    .select(['id', 'bytes', 'course_id', 'finished_at'])
    .where('id', '=', uploadId)
    .where('person_id', '=', actor.personId)
    .executeTakeFirst();
  if (!row || !(await canAuthor(db, actor, row.course_id))) throw new NotFound();
  return { id: row.id, bytes: row.bytes, finished: row.finished_at !== null };
}
