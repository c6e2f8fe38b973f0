import type { Trx } from '~db/client.server';
import { StaleSave } from './stale-save';

/** What stands in the way of a move. */
export interface MoveObstacle {
  /** The item was `moved` or `removed` by somebody else since, or the place where it was to go is `gone`. */
  reason: 'moved' | 'removed' | 'gone';
  title: string;
  /** To move it from where it stands now. */
  placeVersion: number;
  /** The title of what it stands behind now; null at the start. */
  after: string | null;
  /** The chapter in which a lesson stands; null for a chapter, and for what was removed. */
  chapter: string | null;
}

/** A move that cannot be merged with what others did: nothing was moved. Carries where the item stands now. */
export class MoveConflict extends StaleSave<MoveObstacle> {}

export interface Placed {
  id: string;
  title: string;
  chapterId: string;
  placeVersion: number;
  placedBy: string | null;
  placedAt: number | null;
  changedBy: string | null;
  changedAt: number | null;
  removedAt: number | null;
}

/** A lesson of the course with what is known of its place, removed or not; undefined for another course's. */
export async function findPlacedLesson(
  trx: Trx,
  courseId: string,
  lessonId: string,
): Promise<Placed | undefined> {
  return trx
    .selectFrom('lesson')
    .select(['id', 'title', 'chapter_id as chapterId', 'place_version as placeVersion'])
    .select(['placed_by as placedBy', 'placed_at as placedAt'])
    .select(['updated_by as changedBy', 'updated_at as changedAt', 'removed_at as removedAt'])
    .where('id', '=', lessonId)
    .where('course_id', '=', courseId)
    .executeTakeFirst();
}

/** The same of a chapter. */
export async function findPlacedChapter(
  trx: Trx,
  courseId: string,
  chapterId: string,
): Promise<Placed | undefined> {
  return trx
    .selectFrom('chapter')
    .select(['id', 'title', 'id as chapterId', 'place_version as placeVersion'])
    .select(['placed_by as placedBy', 'placed_at as placedAt'])
    .select(['changed_by as changedBy', 'changed_at as changedAt', 'removed_at as removedAt'])
    .where('id', '=', chapterId)
    .where('course_id', '=', courseId)
    .executeTakeFirst();
}

/** What to throw: `cause` is what somebody else touched, of which they are named. */
export async function moveConflict(
  trx: Trx,
  reason: MoveObstacle['reason'],
  item: Placed,
  cause: Placed | undefined,
  stands: { after: string | null; chapter: string | null },
): Promise<MoveConflict> {
  const removed = cause?.removedAt !== null;
  const by = removed ? cause?.changedBy : cause?.placedBy;
  const person = by
    ? await trx.selectFrom('person').select('name').where('id', '=', by).executeTakeFirst()
    : undefined;
  return new MoveConflict({
    current: { reason, title: item.title, placeVersion: item.placeVersion, ...stands },
    changedBy: person?.name ?? null,
    changedAt: (removed ? cause?.changedAt : cause?.placedAt) ?? null,
  });
}
