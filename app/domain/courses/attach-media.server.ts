import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { requirePartEditor } from '../co-authoring/part-reach.server';
import { holdMedia } from '../media/hold-media.server';
import { withLessonRevision } from '../revisions/keep-revisions.server';
import { Conflict, NotFound } from '../shared/errors';
import { isMediaOf } from './media-of-course.server';
import { staleLesson } from './save-lesson.server';

/**
 * Makes a video of the course the one that a lesson shows, for those who edit the lesson. Based on what the author saw: either the
 * lesson's `version`, or the video it showed then (`replaces`, null for none), which is what an
 * upload that took an hour can still say. StaleSave when another video was attached meanwhile (with
 * `version`: when anything was saved); Conflict `not-a-video` for an article, `media-refused` for a
 * file that cannot be used; NotFound for another course's media, unless a lesson of this one shows it
 * already. Pass an open transaction to attach together with what else happens in it.
 */
export async function attachMedia(
  db: Db | Trx,
  actor: Actor,
  input: {
    lessonId: string;
    mediaId: string;
    now: number;
  } & ({ version: number } | { replaces: string | null }),
): Promise<{ version: number }> {
  if (db.isTransaction) return attach(db, actor, input);
  return db.transaction().execute((trx) => attach(trx, actor, input));
}

async function attach(
  trx: Db | Trx,
  actor: Actor,
  input: Parameters<typeof attachMedia>[2],
): Promise<{ version: number }> {
  const { lessonId, mediaId, now } = input;
  const found = await trx
    .selectFrom('lesson')
    .select(['course_id', 'kind'])
    .where('id', '=', lessonId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (!found) throw new NotFound();
  const media = await trx
    .selectFrom('media')
    .select('id')
    .where('id', '=', mediaId)
    .where(isMediaOf(found.course_id))
    .executeTakeFirst();
  if (!media) throw new NotFound();
  const { authorFor } = await requirePartEditor(trx, actor, { lessonId });
  if (found.kind !== 'video') throw new Conflict('not-a-video', 'An article shows no video.');
  if ((await holdMedia(trx, mediaId)) === 'refused') {
    throw new Conflict('media-refused', 'This file cannot be used; the lesson keeps what it has.');
  }
  const update = trx
    .updateTable('lesson')
    .set((eb) => ({
      media_id: mediaId,
      version: eb('version', '+', 1),
      updated_by: actor.personId,
      updated_at: now,
    }))
    .where('id', '=', lessonId);
  const guarded =
    'version' in input
      ? update.where('version', '=', input.version)
      : input.replaces === null
        ? update.where('media_id', 'is', null)
        : update.where('media_id', '=', input.replaces);
  const by = { personId: actor.personId, organizationId: authorFor, now };
  const saved = await withLessonRevision(trx, lessonId, by, () =>
    guarded.returning('version').executeTakeFirst(),
  );
  if (!saved) throw await staleLesson(trx, found.course_id, lessonId);
  return { version: saved.version };
}
