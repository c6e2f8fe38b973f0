import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requirePartEditor } from '../co-authoring/part-reach.server';
import { withOutlineRevision } from '../revisions/keep-revisions.server';
import { NotFound } from '../shared/errors';
import { lockCourse } from './lock-course.server';
import {
  findPlacedChapter,
  findPlacedLesson,
  moveConflict,
  type MoveObstacle,
  type Placed,
} from './move-conflict.server';
import { isSameOrder, placeAmong, type Place } from './place-among';

/**
 * Puts a lesson at a place in a chapter of the course, which its author may have seen in an older order: what others
 * moved meanwhile stays moved, and this stands behind its neighbour. For those who edit both the lesson and the
 * chapter. MoveConflict, and nothing is moved, where somebody moved the same lesson elsewhere or removed it since
 * `placeVersion` was seen, or where the chapter or both neighbours are gone. Whoever moved it to the very same place
 * is no obstacle; nothing is moved then either.
 */
export async function moveLesson(
  db: Db,
  actor: Actor,
  input: {
    courseId: string;
    lessonId: string;
    chapterId: string;
    place: Place;
    placeVersion: number;
    now: number;
  },
): Promise<{ placeVersion: number }> {
  const { courseId, lessonId, chapterId, place, placeVersion, now } = input;
  return db.transaction().execute(async (trx) => {
    await lockCourse(trx, courseId);
    const lesson = await findPlacedLesson(trx, courseId, lessonId);
    const target = await findPlacedChapter(trx, courseId, chapterId);
    if (!lesson || !target) throw new NotFound();
    const { authorFor } = await requirePartEditor(trx, actor, { lessonId, removedToo: true });
    await requirePartEditor(trx, actor, { chapterId, removedToo: true });
    const refuse = (reason: MoveObstacle['reason'], cause: Placed | undefined) =>
      whereItStands(trx, lesson).then((stands) => moveConflict(trx, reason, lesson, cause, stands));
    if (lesson.removedAt !== null) throw await refuse('removed', lesson);
    const there = await listLessonIds(trx, chapterId);
    const ids = target.removedAt === null ? placeAmong(there, lessonId, place) : undefined;
    if (lesson.placeVersion !== placeVersion) {
      if (!ids || !isSameOrder(ids, there)) throw await refuse('moved', lesson);
      return { placeVersion: lesson.placeVersion };
    }
    if (target.removedAt !== null) throw await refuse('gone', target);
    if (!ids) {
      const neighbour = place.after ?? place.before ?? '';
      throw await refuse('gone', await findPlacedLesson(trx, courseId, neighbour));
    }
    const by = { personId: actor.personId, organizationId: authorFor, now };
    await withOutlineRevision(trx, courseId, by, async () => {
      const placed = { place_version: placeVersion + 1, placed_by: actor.personId, placed_at: now };
      await trx.updateTable('lesson').set(placed).where('id', '=', lessonId).execute();
      for (const [index, id] of ids.entries()) {
        const at = { chapter_id: chapterId, position: index + 1 };
        await trx.updateTable('lesson').set(at).where('id', '=', id).execute();
      }
    });
    return { placeVersion: placeVersion + 1 };
  });
}

async function listLessonIds(trx: Trx, chapterId: string): Promise<string[]> {
  return (await listLessons(trx, chapterId)).map((row) => row.id);
}

function listLessons(trx: Trx, chapterId: string) {
  return trx
    .selectFrom('lesson')
    .select(['id', 'title'])
    .where('chapter_id', '=', chapterId)
    .where('removed_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute();
}

async function whereItStands(trx: Trx, lesson: Placed) {
  if (lesson.removedAt !== null) return { after: null, chapter: null };
  const { title: chapter } = await trx
    .selectFrom('chapter')
    .select('title')
    .where('id', '=', lesson.chapterId)
    .executeTakeFirstOrThrow();
  const lessons = await listLessons(trx, lesson.chapterId);
  const at = lessons.findIndex((one) => one.id === lesson.id);
  return { after: lessons[at - 1]?.title ?? null, chapter };
}
