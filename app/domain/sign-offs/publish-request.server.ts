import type { Db, Trx } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { findLastContent } from '../courses/publication-state.server';
import { isWatchable } from '../courses/publication-check';
import { compareVersions } from '../courses/version-changes';
import { holdMedia } from '../media/hold-media.server';
import { Conflict } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { lockCourse } from '../courses/lock-course.server';
import {
  listSignatures,
  requireOpenRequest,
  signatureOf,
  type OpenRequest,
} from './open-request.server';
import type { PublicationContent } from './publication-content.server';

/** Signatures are missing; `organizationIds` says whose. Nothing was published. */
export class NotSigned extends Conflict {
  readonly organizationIds: string[];
  constructor(organizationIds: string[]) {
    super('not-signed', 'Signatures are missing. Nothing was published.');
    this.organizationIds = organizationIds;
  }
}

/**
 * Publishes the open candidate, exactly as it was signed, as the next immutable version, with what changed since
 * the last one; what the draft became meanwhile is left out. For authors. Throws NotSigned; Conflict
 * `request-closed` when it is not open any more, `video-gone` when a video of it was taken away.
 */
export async function publishRequest(
  db: Db,
  actor: Actor,
  input: { courseId: string; requestId: string; now: number },
): Promise<{ courseVersionId: string; number: number }> {
  return db.transaction().execute((trx) => publish(trx, actor, input));
}

async function publish(
  trx: Trx,
  actor: Actor,
  input: { courseId: string; requestId: string; now: number },
): Promise<{ courseVersionId: string; number: number }> {
  const { courseId, now } = input;
  await requireAuthor(trx, actor, courseId);
  await lockCourse(trx, courseId);
  const request = await requireOpenRequest(trx, input);
  const signatures = await listSignatures(trx, courseId);
  const missing = request.parts.filter((part) => !signatureOf(part, signatures));
  if (missing.length > 0) throw new NotSigned(missing.map((part) => part.organizationId));
  await requireVideos(trx, request.content);
  const { number } = request;
  const courseVersionId = newId();
  await insertVersion(trx, request, { id: courseVersionId, personId: actor.personId, now });
  await trx
    .updateTable('publication_request')
    .set({ closed_at: now, outcome: 'published', course_version_id: courseVersionId })
    .where('id', '=', request.id)
    .execute();
  const { leadOrganizationId, settings } = request.content;
  await recordAudit(trx, {
    at: now,
    actorId: actor.personId,
    organizationId: leadOrganizationId,
    action: 'publish-course',
    subjectType: 'course',
    subjectId: courseId,
    detail: { number, title: settings.title, courseVersionId, hash: request.hash },
  });
  return { courseVersionId, number };
}

const lessonsOf = ({ chapters }: PublicationContent) =>
  chapters.flatMap((chapter) => chapter.lessons.map((lesson) => ({ ...lesson, chapter })));

/** Held, so that none is taken away while its version is being written. */
async function requireVideos(trx: Trx, content: PublicationContent): Promise<void> {
  const ids = new Set(lessonsOf(content).flatMap(({ mediaId }) => mediaId ?? []));
  for (const id of [...ids].sort()) {
    if (isWatchable((await holdMedia(trx, id)) ?? null)) continue;
    throw new Conflict('video-gone', 'A video of it was taken away. Nothing was published.');
  }
}

async function insertVersion(
  trx: Trx,
  { courseId, number, content, note, openPoints }: OpenRequest,
  version: { id: string; personId: string; now: number },
): Promise<void> {
  const last = await findLastContent(trx, courseId);
  await trx
    .insertInto('course_version')
    .values({
      id: version.id,
      course_id: courseId,
      number,
      ...content.settings,
      published_by: version.personId,
      published_at: version.now,
      note,
      open_points: openPoints.length > 0 ? JSON.stringify(openPoints) : null,
      change_log: last ? JSON.stringify(compareVersions(last, content)) : null,
    })
    .execute();
  await trx
    .insertInto('course_version_chapter')
    .values(
      content.chapters.map((chapter, index) => ({
        course_version_id: version.id,
        chapter_id: chapter.id,
        position: index + 1,
        title: chapter.title,
      })),
    )
    .execute();
  await trx
    .insertInto('course_version_lesson')
    .values(
      lessonsOf(content).map((lesson, index) => ({
        course_version_id: version.id,
        lesson_id: lesson.id,
        chapter_id: lesson.chapter.id,
        position: index + 1,
        kind: lesson.kind,
        title: lesson.title,
        media_id: lesson.mediaId,
        duration_ms: lesson.durationMs,
        article_html: lesson.articleHtml,
        producer_organization_id: lesson.producerOrganizationId,
        author_id: lesson.authorId,
        planned_minutes: lesson.plannedMinutes ?? null,
      })),
    )
    .execute();
}
