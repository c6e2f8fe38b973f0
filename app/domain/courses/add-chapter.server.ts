import type { Db } from '~db/client.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { appendChapters } from './append-chapters.server';

/** Adds a chapter at the end, produced by the author's organization. */
export async function addChapter(
  db: Db,
  actor: Actor,
  input: { courseId: string; title: string; now: number },
): Promise<{ chapterId: string }> {
  const { courseId, title, now } = input;
  return db.transaction().execute(async (trx) => {
    const { authorFor } = await requireAuthor(trx, actor, courseId);
    const by = { organizationId: authorFor, personId: actor.personId, now };
    const { chapterIds } = await appendChapters(trx, { courseId, titles: [title], ...by });
    return { chapterId: chapterIds[0] ?? '' };
  });
}
