import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requirePartEditor } from '../co-authoring/part-reach.server';
import { ownsPart } from '../co-authoring/part-rights';
import { withOutlineRevision } from '../revisions/keep-revisions.server';
import { Forbidden, Invalid, NotFound } from '../shared/errors';
import type { ChapterFields } from './course-settings';
import { StaleSave } from './stale-save';

/**
 * Saves a chapter's title, for those who edit it, and its producing organization, for authors of the one that is.
 * StaleSave when it was changed since `version`.
 */
export async function saveChapter(
  db: Db,
  actor: Actor,
  input: {
    courseId: string;
    chapterId: string;
    version: number;
    fields: ChapterFields;
    now: number;
  },
): Promise<{ version: number }> {
  const { courseId, chapterId, version, fields, now } = input;
  return db.transaction().execute(async (trx) => {
    const reach = await requirePartEditor(trx, actor, { courseId, chapterId });
    const given = fields.producerOrganizationId !== reach.producerOrganizationId;
    if (given && !ownsPart(reach, reach)) throw new Forbidden();
    if (given && !reach.organizationIds.includes(fields.producerOrganizationId)) {
      throw new Invalid([{ pointer: '/producerOrganizationId', message: 'notInvolved' }]);
    }
    const by = { personId: actor.personId, organizationId: reach.authorFor, now };
    const saved = await withOutlineRevision(trx, courseId, by, () =>
      trx
        .updateTable('chapter')
        .set({
          title: fields.title,
          producer_organization_id: fields.producerOrganizationId,
          version: version + 1,
          changed_by: actor.personId,
          changed_at: now,
        })
        .where('id', '=', chapterId)
        .where('course_id', '=', courseId)
        .where('version', '=', version)
        .where('removed_at', 'is', null)
        .executeTakeFirst(),
    );
    if (saved.numUpdatedRows === 0n) throw await staleChapter(trx, courseId, chapterId);
    return { version: version + 1 };
  });
}

async function staleChapter(trx: Trx, courseId: string, chapterId: string) {
  const row = await trx
    .selectFrom('chapter')
    .leftJoin('person', 'person.id', 'chapter.changed_by')
    .select([
      'chapter.title',
      'chapter.producer_organization_id',
      'chapter.version',
      'chapter.changed_at',
      'person.name',
    ])
    .where('chapter.id', '=', chapterId)
    .where('chapter.course_id', '=', courseId)
    .where('chapter.removed_at', 'is', null)
    .executeTakeFirst();
  if (!row) return new NotFound();
  return new StaleSave({
    current: {
      title: row.title,
      producerOrganizationId: row.producer_organization_id,
      version: row.version,
    },
    changedBy: row.name,
    changedAt: row.changed_at,
  });
}
