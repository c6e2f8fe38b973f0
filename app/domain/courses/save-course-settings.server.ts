import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requireLeadAuthor } from '../co-authoring/part-reach.server';
import { withOutlineRevision } from '../revisions/keep-revisions.server';
import type { CourseSettings } from './course-settings';
import { StaleSave } from './stale-save';

/**
 * Saves title, occupation, level, summary and cover, for authors of the lead organization, based on the version the author saw. Throws
 * StaleSave with what is stored now when the course was changed since; then nothing is saved.
 */
export async function saveCourseSettings(
  db: Db,
  actor: Actor,
  input: { courseId: string; version: number; settings: CourseSettings; now: number },
): Promise<{ version: number }> {
  const { courseId, version, settings, now } = input;
  return db.transaction().execute(async (trx) => {
    const { authorFor } = await requireLeadAuthor(trx, actor, courseId);
    const by = { personId: actor.personId, organizationId: authorFor, now };
    const saved = await withOutlineRevision(trx, courseId, by, () =>
      trx
        .updateTable('course')
        .set({ ...settings, version: version + 1, changed_by: actor.personId, changed_at: now })
        .where('id', '=', courseId)
        .where('version', '=', version)
        .executeTakeFirst(),
    );
    if (saved.numUpdatedRows === 0n) throw await staleCourse(trx, courseId);
    return { version: version + 1 };
  });
}

/** What to throw when a save or a move was based on an older version of the course. */
export async function staleCourse(
  trx: Trx,
  courseId: string,
): Promise<StaleSave<CourseSettings & { version: number }>> {
  const row = await trx
    .selectFrom('course')
    .leftJoin('person', 'person.id', 'course.changed_by')
    .select([
      'course.title',
      'course.occupation',
      'course.level',
      'course.summary',
      'course.cover',
      'course.version',
      'course.changed_at',
      'person.name',
    ])
    .where('course.id', '=', courseId)
    .executeTakeFirstOrThrow();
  const { name, changed_at, ...current } = row;
  return new StaleSave({
    current: current as CourseSettings & { version: number },
    changedBy: name,
    changedAt: changed_at,
  });
}
