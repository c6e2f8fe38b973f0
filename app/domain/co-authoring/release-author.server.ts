import type { Db } from '~db/client.server';
import { NotFound } from '../shared/errors';
import type { Actor } from './course-reach.server';
import { recordNaming, requireOwnSide, type Naming } from './name-author.server';

/** A manager ends the authorship of one of their own; what the person wrote stays under their name. */
export async function releaseAuthor(db: Db, actor: Actor, input: Naming): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await requireOwnSide(trx, actor, input);
    const released = await trx
      .deleteFrom('course_author')
      .where('course_id', '=', input.courseId)
      .where('person_id', '=', input.personId)
      .where('organization_id', '=', input.organizationId)
      .executeTakeFirst();
    if (released.numDeletedRows === 0n) throw new NotFound();
    await recordNaming(trx, actor, input, 'release-author');
  });
}
