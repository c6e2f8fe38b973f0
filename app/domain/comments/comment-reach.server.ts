import type { Selectable } from 'kysely';
import type { Db, Trx } from '~db/client.server';
import type { CommentThreadTable } from '~db/tables/comments';
import {
  requireCourseReader,
  type Actor,
  type CourseReach,
} from '../co-authoring/course-reach.server';
import { requireTextReader } from '../lesson-texts/lesson-text-reach.server';
import { Forbidden, NotFound } from '../shared/errors';

/** For whom somebody speaks about a lesson. */
export interface Commenter {
  courseId: string;
  organizationId: string;
  /** The organization for which the person writes the lesson; undefined for those who suggest. */
  writesFor: string | undefined;
}

/**
 * The lesson for those who may speak about it: whoever may read its draft. Outsiders get NotFound, other insiders
 * Forbidden; a removed lesson is NotFound for everybody.
 */
export async function requireCommenter(
  db: Db | Trx,
  actor: Actor,
  lessonId: string,
): Promise<Commenter> {
  const { courseId, writesFor } = await requireTextReader(db, actor, lessonId);
  const reach = await requireCourseReader(db, actor, courseId);
  const organizationId = speaksFor(reach) ?? (await findBureau(db, actor));
  if (!organizationId) throw new Forbidden();
  return { courseId, organizationId, writesFor };
}

/** Who writes the lesson, and so decides what is suggested for it; others who may read it get Forbidden. */
export async function requireDecider(
  db: Db | Trx,
  actor: Actor,
  lessonId: string,
): Promise<{ organizationId: string }> {
  const { writesFor } = await requireTextReader(db, actor, lessonId);
  if (!writesFor) throw new Forbidden();
  return { organizationId: writesFor };
}

/** A thread through the person's reach; NotFound where there is none, or not for them. */
export async function requireThread(
  db: Db | Trx,
  actor: Actor,
  threadId: string,
): Promise<Commenter & { thread: Selectable<CommentThreadTable> }> {
  const thread = await db
    .selectFrom('comment_thread')
    .selectAll()
    .where('id', '=', threadId)
    .executeTakeFirst();
  if (!thread) throw new NotFound();
  return { thread, ...(await requireCommenter(db, actor, thread.lesson_id)) };
}

const speaksFor = ({ authorFor, reviewerFor, managerFor }: CourseReach) =>
  authorFor ?? reviewerFor ?? managerFor[0];

/** Administrators of the bureau speak for it. */
async function findBureau(db: Db | Trx, actor: Actor): Promise<string | undefined> {
  if (!actor.administrator) return undefined;
  const bureau = await db
    .selectFrom('organization')
    .select('id')
    .where('kind', '=', 'bureau')
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirst();
  return bureau?.id;
}
