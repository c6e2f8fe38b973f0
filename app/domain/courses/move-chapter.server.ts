import type { Db, Trx } from '~db/client.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { findPart } from '../co-authoring/part-reach.server';
import { editsPart, leadsCourse } from '../co-authoring/part-rights';
import { withOutlineRevision } from '../revisions/keep-revisions.server';
import { Forbidden, NotFound } from '../shared/errors';
import { lockCourse } from './lock-course.server';
import {
  findPlacedChapter,
  moveConflict,
  type MoveObstacle,
  type Placed,
} from './move-conflict.server';
import { isSameOrder, placeAmong, type Place } from './place-among';

/**
 * Puts a chapter at a place among the others, as moveLesson does with a lesson. For those who edit it, and authors of
 * the lead organization, to whom the order belongs.
 */
export async function moveChapter(
  db: Db,
  actor: Actor,
  input: { courseId: string; chapterId: string; place: Place; placeVersion: number; now: number },
): Promise<{ placeVersion: number }> {
  const { courseId, chapterId, place, placeVersion, now } = input;
  return db.transaction().execute(async (trx) => {
    await lockCourse(trx, courseId);
    const reach = await requireAuthor(trx, actor, courseId);
    const part = await findPart(trx, { courseId, chapterId, removedToo: true });
    const chapter = await findPlacedChapter(trx, courseId, chapterId);
    if (!part || !chapter) throw new NotFound();
    if (!leadsCourse(reach) && !editsPart(reach, part)) throw new Forbidden();
    const rows = await listChapters(trx, courseId);
    const at = rows.findIndex((row) => row.id === chapterId);
    const stands = { after: rows[at - 1]?.title ?? null, chapter: null };
    const refuse = (reason: MoveObstacle['reason'], cause: Placed | undefined) =>
      moveConflict(trx, reason, chapter, cause, stands);
    if (chapter.removedAt !== null) throw await refuse('removed', chapter);
    const there = rows.map((row) => row.id);
    const ids = placeAmong(there, chapterId, place);
    if (chapter.placeVersion !== placeVersion) {
      if (!ids || !isSameOrder(ids, there)) throw await refuse('moved', chapter);
      return { placeVersion: chapter.placeVersion };
    }
    if (!ids) {
      const neighbour = place.after ?? place.before ?? '';
      throw await refuse('gone', await findPlacedChapter(trx, courseId, neighbour));
    }
    const by = { personId: actor.personId, organizationId: reach.authorFor, now };
    await withOutlineRevision(trx, courseId, by, async () => {
      const placed = { place_version: placeVersion + 1, placed_by: actor.personId, placed_at: now };
      await trx.updateTable('chapter').set(placed).where('id', '=', chapterId).execute();
      for (const [index, id] of ids.entries()) {
        const position = { position: index + 1 };
        await trx.updateTable('chapter').set(position).where('id', '=', id).execute();
      }
    });
    return { placeVersion: placeVersion + 1 };
  });
}

function listChapters(trx: Trx, courseId: string) {
  return trx
    .selectFrom('chapter')
    .select(['id', 'title'])
    .where('course_id', '=', courseId)
    .where('removed_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute();
}
