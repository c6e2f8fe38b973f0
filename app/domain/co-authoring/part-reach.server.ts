import type { Db, Trx } from '~db/client.server';
import { Forbidden, NotFound } from '../shared/errors';
import { requireAuthor, type Actor, type CourseReach } from './course-reach.server';
import { editsMedia, editsPart, leadsCourse, type CourseSide, type Part } from './part-rights';

/** A part of a course by its id, perhaps only of one course, perhaps one that was removed from the draft. */
export type PartAddress = ({ lessonId: string } | { chapterId: string }) & {
  courseId?: string;
  removedToo?: true;
};

/** A part, with the course as one of its editors reaches it. */
export interface PartReach extends CourseReach, Part {
  authorFor: string;
  chapterId: string;
}

/**
 * A chapter or lesson for those who edit it: authors of the organization that produced it, authors of all where its
 * chapter lies open, authors of the lead organization where the producer has left the course. NotFound for outsiders
 * and where there is no such part, Forbidden for other insiders. Every write on a part goes through here.
 */
export async function requirePartEditor(
  db: Db | Trx,
  actor: Actor,
  address: PartAddress,
): Promise<PartReach> {
  const part = await findPart(db, address);
  if (!part) throw new NotFound();
  const reach = await requireAuthor(db, actor, part.courseId);
  if (!editsPart(reach, part)) throw new Forbidden();
  return { ...reach, ...part };
}

/** Whether the person edits the part; false for outsiders and for what does not exist, too. */
export async function canEditPart(
  db: Db | Trx,
  actor: Actor,
  address: PartAddress,
): Promise<boolean> {
  try {
    await requirePartEditor(db, actor, address);
    return true;
  } catch (error) {
    if (error instanceof NotFound || error instanceof Forbidden) return false;
    throw error;
  }
}

/** The part itself, or undefined; says nothing of rights. */
export async function findPart(
  db: Db | Trx,
  address: PartAddress,
): Promise<(Part & { courseId: string; chapterId: string }) | undefined> {
  const { courseId, removedToo } = address;
  const row =
    'lessonId' in address
      ? await db
          .selectFrom('lesson')
          .innerJoin('chapter', 'chapter.id', 'lesson.chapter_id')
          .select(['lesson.course_id', 'lesson.chapter_id', 'lesson.producer_organization_id'])
          .select('chapter.open_to_partners_since')
          .where('lesson.id', '=', address.lessonId)
          .$if(!removedToo, (query) => query.where('lesson.removed_at', 'is', null))
          .executeTakeFirst()
      : await db
          .selectFrom('chapter')
          .select(['course_id', 'id as chapter_id', 'producer_organization_id'])
          .select('open_to_partners_since')
          .where('id', '=', address.chapterId)
          .$if(!removedToo, (query) => query.where('removed_at', 'is', null))
          .executeTakeFirst();
  if (!row || (courseId !== undefined && row.course_id !== courseId)) return undefined;
  return {
    courseId: row.course_id,
    chapterId: row.chapter_id,
    producerOrganizationId: row.producer_organization_id,
    openToPartners: row.open_to_partners_since !== null,
  };
}

/** The course for authors of the organization that leads it; other insiders get Forbidden, outsiders NotFound. */
export async function requireLeadAuthor(
  db: Db | Trx,
  actor: Actor,
  courseId: string,
): Promise<CourseReach & { authorFor: string }> {
  const reach = await requireAuthor(db, actor, courseId);
  if (!leadsCourse(reach)) throw new Forbidden();
  return reach;
}

/**
 * A video for those who change it (`editsMedia`); Forbidden for other insiders of its course, NotFound for outsiders
 * and for what does not exist.
 */
export async function requireMediaEditor(
  db: Db | Trx,
  actor: Actor,
  mediaId: string,
): Promise<CourseReach & { authorFor: string }> {
  const media = await findMedia(db, mediaId);
  if (!media) throw new NotFound();
  const reach = await requireAuthor(db, actor, media.course_id);
  if (!(await mayChange(db, reach, mediaId, media))) throw new Forbidden();
  return reach;
}

/** Of a course's video: whether the person changes it, and whose it is. NotFound where there is none. */
export async function getMediaStanding(
  db: Db | Trx,
  reach: CourseReach,
  mediaId: string,
): Promise<{ mayEdit: boolean; producerName: string }> {
  const media = await findMedia(db, mediaId);
  if (!media) throw new NotFound();
  const here = media.course_id === reach.courseId;
  const mayEdit = here && (await mayChange(db, reach, mediaId, media));
  return { mayEdit, producerName: media.name };
}

const findMedia = (db: Db | Trx, mediaId: string) =>
  db
    .selectFrom('media')
    .innerJoin('organization', 'organization.id', 'media.organization_id')
    .select(['media.course_id', 'media.organization_id', 'organization.name'])
    .where('media.id', '=', mediaId)
    .executeTakeFirst();

async function mayChange(
  db: Db | Trx,
  side: CourseSide,
  mediaId: string,
  media: { course_id: string; organization_id: string },
): Promise<boolean> {
  const shownIn = await db
    .selectFrom('lesson')
    .innerJoin('chapter', 'chapter.id', 'lesson.chapter_id')
    .select(['lesson.producer_organization_id as producerOrganizationId'])
    .select('chapter.open_to_partners_since as openSince')
    .where('lesson.media_id', '=', mediaId)
    .where('lesson.course_id', '=', media.course_id)
    .where('lesson.removed_at', 'is', null)
    .execute();
  const parts = shownIn.map(({ openSince, producerOrganizationId }) => ({
    producerOrganizationId,
    openToPartners: openSince !== null,
  }));
  return side.authorFor !== undefined && editsMedia(side, media.organization_id, parts);
}
