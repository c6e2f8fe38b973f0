import { newId } from '~/domain/shared/new-id.server';
import type { Trx } from '../client.server';
import type { CastCourse } from './cast';
import { castCourses } from './cast-courses';
import type { DemoMedia } from './demo-media.server';
import type { SeededPeople } from './seed-people.server';

export interface SeededCourse {
  courseId: string;
  versionId: string;
  videos: { lessonId: string; mediaId: string; durationMs: number }[];
}

/** Inserts the cast's courses with their videos, each published once. */
export async function seedCourses(
  trx: Trx,
  cast: SeededPeople,
  media: Map<string, { id: string; described: DemoMedia }>,
  now: number,
): Promise<Record<string, SeededCourse>> {
  const seeded: Record<string, SeededCourse> = {};
  for (const course of castCourses) {
    seeded[course.key] = await seedCourse(trx, cast, media, course, now);
  }
  return seeded;
}

async function seedCourse(
  trx: Trx,
  cast: SeededPeople,
  media: Map<string, { id: string; described: DemoMedia }>,
  course: CastCourse,
  now: number,
): Promise<SeededCourse> {
  const person = (login: string) => cast.people[login] ?? '';
  const creator = person(course.authors[0]?.login ?? '');
  const courseId = newId();
  const versionId = newId();
  await trx
    .insertInto('course')
    .values({
      id: courseId,
      title: course.title,
      occupation: course.occupation,
      level: course.level,
      summary: course.summary,
      cover: course.cover,
      lead_organization_id: cast.organizations[course.lead],
      created_by: creator,
      created_at: now,
      version: 1,
      changed_by: null,
      changed_at: null,
    })
    .execute();
  if (course.partner) {
    await trx
      .insertInto('course_partner')
      .values({
        course_id: courseId,
        organization_id: cast.organizations[course.partner],
        invited_by: creator,
        invited_at: now,
        accepted_by: creator,
        accepted_at: now,
        declined_at: null,
      })
      .execute();
  }
  await trx
    .insertInto('course_author')
    .values(
      course.authors.map((author) => ({
        course_id: courseId,
        person_id: person(author.login),
        organization_id: cast.organizations[author.organization],
        named_by: creator,
        named_at: now,
      })),
    )
    .execute();
  await trx
    .insertInto('course_version')
    .values({
      id: versionId,
      course_id: courseId,
      number: 1,
      title: course.title,
      occupation: course.occupation,
      level: course.level,
      summary: course.summary,
      cover: course.cover,
      published_by: creator,
      published_at: now,
    })
    .execute();

  const videos: SeededCourse['videos'] = [];
  let position = 0;
  for (const [chapterIndex, chapter] of course.chapters.entries()) {
    const chapterId = newId();
    const chapterRow = { course_id: courseId, title: chapter.title, position: chapterIndex + 1 };
    await trx
      .insertInto('chapter')
      .values({
        id: chapterId,
        ...chapterRow,
        producer_organization_id: cast.organizations[chapter.producer],
        version: 1,
        removed_at: null,
        open_to_partners_since: chapter.open ? now : null,
      })
      .execute();
    await trx
      .insertInto('course_version_chapter')
      .values({
        course_version_id: versionId,
        chapter_id: chapterId,
        position: chapterRow.position,
        title: chapter.title,
      })
      .execute();
    for (const [index, lesson] of chapter.lessons.entries()) {
      position += 1;
      const lessonId = newId();
      const video = lesson.slug ? media.get(lesson.slug) : undefined;
      const shared = {
        chapter_id: chapterId,
        kind: lesson.slug ? ('video' as const) : ('article' as const),
        title: lesson.title,
        media_id: video?.id ?? null,
        article_html: lesson.html ?? '',
        producer_organization_id: cast.organizations[lesson.producer],
        author_id: person(lesson.author),
        planned_minutes: plannedMinutes(video?.described.durationMs),
      };
      if (video)
        await insertMedia(
          trx,
          courseId,
          shared.producer_organization_id,
          shared.author_id,
          video,
          now,
        );
      await trx
        .insertInto('lesson')
        .values({
          id: lessonId,
          course_id: courseId,
          position: index + 1,
          ...shared,
          version: 1,
          updated_by: shared.author_id,
          updated_at: now,
          removed_at: null,
        })
        .execute();
      const durationMs = video?.described.durationMs ?? 0;
      await trx
        .insertInto('course_version_lesson')
        .values({
          course_version_id: versionId,
          lesson_id: lessonId,
          position,
          duration_ms: durationMs,
          ...shared,
        })
        .execute();
      if (video) videos.push({ lessonId, mediaId: video.id, durationMs });
    }
  }
  return { courseId, versionId, videos };
}

/** As an author plans it: a video in whole steps of five minutes, an article a quarter of an hour. */
const plannedMinutes = (durationMs = 15 * 60_000) => Math.ceil(durationMs / 300_000) * 5;

async function insertMedia(
  trx: Trx,
  courseId: string,
  organizationId: string,
  personId: string,
  video: { id: string; described: DemoMedia },
  now: number,
): Promise<void> {
  const { described } = video;
  await trx
    .insertInto('media')
    .values({
      id: video.id,
      course_id: courseId,
      organization_id: organizationId,
      uploaded_by: personId,
      filename: described.filename,
      bytes: described.bytes,
      state: 'ready',
      reason: null,
      duration_ms: described.durationMs,
      width: described.width,
      height: described.height,
      audio_bitrate: described.audioBitrate,
      previews: described.previews,
      created_at: now,
      updated_at: now,
    })
    .execute();
  await trx
    .insertInto('rendition')
    .values({ media_id: video.id, height: described.height, bitrate: described.bitrate })
    .execute();
  for (const language of described.captions) {
    const label = language === 'zh' ? '中文' : language;
    await trx.insertInto('caption').values({ media_id: video.id, language, label }).execute();
  }
}
