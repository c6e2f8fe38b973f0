import type { Db, Trx } from '~db/client.server';
import { addToRollUps } from '../class-hours/add-to-roll-ups.server';
import { keepProducers } from '../class-hours/keep-producers.server';
import { lockLearners } from '../class-hours/lock-learners.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requirePartEditor } from '../co-authoring/part-reach.server';
import { ownsPart } from '../co-authoring/part-rights';
import { withLessonRevision } from '../revisions/keep-revisions.server';
import { Forbidden, Invalid } from '../shared/errors';
import { inChunks } from '../shared/in-chunks';
import type { LessonFields } from './course-settings';
import { getLessonDraft, type LessonDraft } from './lesson-draft.server';
import { StaleSave } from './stale-save';

const PEOPLE_A_STATEMENT = 1000;

/**
 * Saves a lesson's title, author and planned length, for those who edit it, based on the version that was seen; the
 * producing organization becomes the author's, and only its own authors give a lesson to another. Its text is written
 * live (lesson-texts). StaleSave with the stored lesson when
 * somebody saved since; Invalid when the person named is no author of the course.
 */
export async function saveLesson(
  db: Db,
  actor: Actor,
  input: { courseId: string; lessonId: string; version: number; fields: LessonFields; now: number },
): Promise<{ version: number }> {
  const { courseId, lessonId, version, fields, now } = input;
  return db.transaction().execute(async (trx) => {
    const reach = await requirePartEditor(trx, actor, { courseId, lessonId });
    const { authorFor } = reach;
    const stored = await getLessonDraft(trx, courseId, lessonId);
    const producer = await producerOf(trx, stored, fields.authorId, reach.organizationIds);
    const moves = producer !== stored.producerOrganizationId;
    if (moves && !ownsPart(reach, stored)) throw new Forbidden();
    if (moves) await lockStudents(trx, lessonId, now);
    let found = false;
    const save = async () => {
      const saved = await trx
        .updateTable('lesson')
        .set({
          title: fields.title,
          author_id: fields.authorId,
          producer_organization_id: producer,
          ...(fields.plannedMinutes !== undefined && { planned_minutes: fields.plannedMinutes }),
          version: version + 1,
          updated_by: actor.personId,
          updated_at: now,
        })
        .where('id', '=', lessonId)
        .where('version', '=', version)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      found = saved.numUpdatedRows > 0n;
    };
    const by = { personId: actor.personId, organizationId: authorFor, now };
    const moved = await withLessonRevision(trx, lessonId, by, async () => {
      if (moves) return keepProducers(trx, { lessonId }, save);
      await save();
      return [];
    });
    if (!found) throw await staleLesson(trx, courseId, lessonId);
    await addToRollUps(trx, [], { moved });
    return { version: version + 1 };
  });
}

/** What to throw when a save was based on an older version of the lesson. */
export async function staleLesson(
  trx: Db | Trx,
  courseId: string,
  lessonId: string,
): Promise<StaleSave<LessonDraft>> {
  const current = await getLessonDraft(trx, courseId, lessonId);
  return new StaleSave({
    current,
    changedBy: current.updatedBy,
    changedAt: current.updatedAt,
  });
}

/** Credit in a lesson that its class's version has no more goes with the lesson: nobody may earn any meanwhile. */
async function lockStudents(trx: Trx, lessonId: string, now: number): Promise<void> {
  const studied = await trx
    .selectFrom('watch_session')
    .select('person_id')
    .distinct()
    .where('lesson_id', '=', lessonId)
    .orderBy('person_id')
    .execute();
  const people = studied.map((row) => row.person_id);
  for (const some of inChunks(people, PEOPLE_A_STATEMENT)) await lockLearners(trx, some, now);
}

/** A lesson keeps the author it has even when they are no longer named on the course. */
async function producerOf(
  trx: Trx,
  stored: LessonDraft,
  authorId: string,
  organizationIds: readonly string[],
): Promise<string> {
  if (authorId === stored.authorId) return stored.producerOrganizationId;
  const author = await trx
    .selectFrom('course_author')
    .select('organization_id')
    .where('course_id', '=', stored.courseId)
    .where('person_id', '=', authorId)
    .executeTakeFirst();
  if (!author || !organizationIds.includes(author.organization_id)) {
    throw new Invalid([{ pointer: '/authorId', message: 'notAuthor' }]);
  }
  return author.organization_id;
}
