import type { Db } from '~db/client.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { withOutlineRevision } from '../revisions/keep-revisions.server';
import { newId } from '../shared/new-id.server';

/** Adds a chapter at the end, produced by the author's organization. */
export async function addChapter(
  db: Db,
  actor: Actor,
  input: { courseId: string; title: string; now: number },
): Promise<{ chapterId: string }> {
  const chapterId = newId();
  await db.transaction().execute(async (trx) => {
    const reach = await requireAuthor(trx, actor, input.courseId);
    const last = await trx
      .selectFrom('chapter')
      .select((eb) => eb.fn.max('position').as('position'))
      .where('course_id', '=', input.courseId)
      .executeTakeFirst();
    const by = { personId: actor.personId, organizationId: reach.authorFor, now: input.now };
    await withOutlineRevision(trx, input.courseId, by, () =>
      trx
        .insertInto('chapter')
        .values({
          id: chapterId,
          course_id: input.courseId,
          title: input.title,
          position: (last?.position ?? 0) + 1,
          producer_organization_id: reach.authorFor,
          version: 1,
          changed_by: actor.personId,
          changed_at: input.now,
          removed_at: null,
        })
        .execute(),
    );
  });
  return { chapterId };
}
