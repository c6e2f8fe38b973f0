import { newId } from '~/domain/shared/new-id.server';
import type { Db } from './client.server';
import {
  makeClass,
  makeCourse,
  makeEnrollment,
  makeOrganization,
  makePerson,
  makeRuleSet,
  type CastCourse,
  type CastRules,
} from './testing-cast';
import type { MediaState } from './tables/media';
import type { Viewer } from '~/domain/accounts/viewer.server';

const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;

/** The day of a moment in Shanghai, so many days later. */
export const shanghaiDay = (now: number, days = 0) =>
  new Date(now + ZONE_MS + days * DAY_MS).toISOString().slice(0, 10);

/** Puts a playable video behind every video lesson of a course, in the lesson and in its published version. */
export async function makeCourseMedia(
  db: Db,
  course: CastCourse,
  given: { organizationId: string; uploadedBy: string; now: number; state?: MediaState },
): Promise<void> {
  for (const lesson of course.lessons) {
    if (lesson.kind !== 'video') continue;
    const mediaId = newId();
    await db
      .insertInto('media')
      .values({
        id: mediaId,
        course_id: course.courseId,
        organization_id: given.organizationId,
        uploaded_by: given.uploadedBy,
        filename: `${lesson.title}.mp4`,
        bytes: 1_000_000,
        state: given.state ?? 'ready',
        reason: null,
        duration_ms: lesson.durationMs,
        width: 1280,
        height: 720,
        created_at: given.now,
        updated_at: given.now,
      })
      .execute();
    await db.updateTable('lesson').set({ media_id: mediaId }).where('id', '=', lesson.id).execute();
    await db
      .updateTable('course_version_lesson')
      .set({ media_id: mediaId })
      .where('lesson_id', '=', lesson.id)
      .execute();
  }
}

export interface StudyWorld {
  organizationId: string;
  manager: Viewer;
  course: CastCourse;
  classId: string;
  learners: { viewer: Viewer; enrollmentId: string }[];
}

/**
 * One running class (30 days before and after `now`) with a course of playable lessons, its manager, and
 * learners who have been enrolled for 30 days.
 */
export async function makeStudyWorld(
  db: Db,
  now: number,
  given: {
    learners?: number;
    lessons?: { title: string; kind?: 'video' | 'article'; durationMs?: number }[];
    requiredTenths?: number;
  } & CastRules = {},
): Promise<StudyWorld> {
  const organizationId = await makeOrganization(db, { name: '江城技师学院' });
  const manager = await makePerson(db, {
    name: '周经理',
    roles: [
      { organizationId, role: 'manager' },
      { organizationId, role: 'instructor' },
    ],
  });
  const course = await makeCourse(db, {
    title: '柴油机装调',
    organizationId,
    authorId: manager.personId,
    lessons: given.lessons ?? [
      { title: '曲轴', durationMs: 600_000 },
      { title: '量具', durationMs: 300_000 },
      { title: '阅读', kind: 'article' },
    ],
  });
  await makeCourseMedia(db, course, { organizationId, uploadedBy: manager.personId, now });
  const classId = await makeClass(db, {
    title: '柴油机装调一班',
    organizationId,
    createdBy: manager.personId,
    courses: [course],
    ruleSetVersionId: await makeRuleSet(db, given),
    startsOn: shanghaiDay(now, -30),
    endsOn: shanghaiDay(now, 30),
    capacity: 1_000,
    ...(given.requiredTenths !== undefined && { requiredTenths: given.requiredTenths }),
  });
  const learners: StudyWorld['learners'] = [];
  for (let index = 0; index < (given.learners ?? 1); index += 1) {
    const viewer = await makePerson(db, {
      name: `学员${index + 1}`,
      roles: [{ organizationId, role: 'learner' }],
    });
    const { personId } = viewer;
    const fromAt = now - 30 * DAY_MS;
    learners.push({
      viewer,
      enrollmentId: await makeEnrollment(db, { classId, personId, fromAt }),
    });
  }
  return { organizationId, manager, course, classId, learners };
}
