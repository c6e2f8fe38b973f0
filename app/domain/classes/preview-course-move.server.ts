import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { listVersionLessons } from '../courses/course-outline.server';
import { compareVersionsById } from '../courses/publication-state.server';
import { listCourseVersions } from '../courses/published-courses.server';
import type { VersionChange } from '../courses/version-changes';
import { NotFound } from '../shared/errors';
import { foreseeMove, type CourseMove, type EarnedHours } from './course-move';
import { getManagedClass } from './get-managed-class.server';
import { listClassCourses } from './list-class-courses.server';

export interface CourseMovePreview {
  title: string;
  /** The class's version, which the move is based on. */
  version: number;
  /** Of the course, as the class has it. */
  number: number;
  /** Undefined where the class has the newest. */
  newer:
    | {
        number: number;
        publishedAt: number;
        /** What authors said of each version in between, oldest first. */
        notes: { number: number; note: string }[];
        move: CourseMove;
        /** What else readers find changed. */
        changes: VersionChange[];
      }
    | undefined;
}

/**
 * What moving a course of a class to its newest version would change, before anybody moves it: lessons, lengths, and
 * what that means for hours already earned. For the class's managers and the bureau; NotFound where the class has no
 * such course, else throws what `getManagedClass` throws.
 */
export async function previewCourseMove(
  db: Db,
  viewer: Viewer,
  { classId, courseId }: { classId: string; courseId: string },
): Promise<CourseMovePreview> {
  const { version } = await getManagedClass(db, viewer, classId);
  const course = (await listClassCourses(db, classId)).find((one) => one.courseId === courseId);
  if (!course) throw new NotFound();
  const { title, number, newer } = course;
  if (!newer) return { title, version, number, newer: undefined };
  const [before, after] = [
    await listVersionLessons(db, course.courseVersionId),
    await listVersionLessons(db, newer.courseVersionId),
  ];
  const versions = await listCourseVersions(db, courseId);
  const changes = await compareVersionsById(db, course.courseVersionId, newer.courseVersionId);
  const earned = await listEarned(
    db,
    classId,
    before.map((lesson) => lesson.id),
  );
  const strip = (lessons: typeof before) =>
    lessons.map(({ id, title: name, kind, durationMs }) => ({ id, title: name, kind, durationMs }));
  return {
    title,
    version,
    number,
    newer: {
      number: newer.number,
      publishedAt: versions.find((one) => one.id === newer.courseVersionId)?.publishedAt ?? 0,
      notes: versions
        .filter((one) => one.number > number && one.note !== '')
        .map((one) => ({ number: one.number, note: one.note }))
        .reverse(),
      move: foreseeMove(strip(before), strip(after), earned),
      changes: changes.filter(({ kind }) => kind !== 'lesson-added' && kind !== 'lesson-removed'),
    },
  };
}

async function listEarned(
  db: Db,
  classId: string,
  lessonIds: readonly string[],
): Promise<EarnedHours[]> {
  if (lessonIds.length === 0) return [];
  const rows = await db
    .selectFrom('lesson_total')
    .innerJoin('enrollment', 'enrollment.id', 'lesson_total.enrollment_id')
    .select([
      'lesson_total.lesson_id',
      'lesson_total.person_id',
      'lesson_total.credited_ms',
      'lesson_total.corrected_ms',
      'lesson_total.covered_ms',
      'lesson_total.complete',
    ])
    .where('enrollment.class_id', '=', classId)
    .where('enrollment.status', 'in', ['enrolled', 'completed'])
    .where('lesson_total.lesson_id', 'in', lessonIds)
    .execute();
  return rows.map((row) => ({
    lessonId: row.lesson_id,
    personId: row.person_id,
    creditedMs: row.credited_ms + row.corrected_ms,
    coveredMs: row.covered_ms,
    complete: row.complete === 1,
  }));
}
