import type { Db } from '~db/client.server';
import { prepareQuery } from '~db/prepared-query';
import { NotFound } from '../shared/errors';
import { listLearnerClasses, type LearnerClass } from './list-learner-classes.server';
import { enrollmentLessons } from './enrollment-lessons.server';

export interface LearnerLesson {
  id: string;
  courseId: string;
  kind: 'video' | 'article';
  title: string;
  /** The version the class refers to; null for an article, or while no media is attached. */
  mediaId: string | null;
  durationMs: number;
  creditedMs: number;
  coveredMs: number;
  spentMs: number;
  /** Where the learner was last in the media. */
  lastMediaMs: number;
  lastStudiedAt: number | null;
  complete: boolean;
}

export interface LearnerChapter {
  id: string;
  title: string;
  lessons: LearnerLesson[];
}

export interface LearnerCourse {
  courseId: string;
  courseVersionId: string;
  versionNumber: number;
  title: string;
  cover: string;
  chapters: LearnerChapter[];
}

/** A learner's class with its outline, in order, and where they stand in each lesson. */
export interface LearnerClassOutline extends LearnerClass {
  courses: LearnerCourse[];
  /** Where to go on: the lesson studied last unless it is complete, else the next one not complete. */
  continueLessonId: string | null;
}

/**
 * The learner's own class with outline and standing, in a fixed number of queries. Throws NotFound for an
 * enrollment that is not theirs. `now` in ms; days are cut in `zone`.
 */
export async function getLearnerClass(
  db: Db,
  personId: string,
  enrollmentId: string,
  now: number,
  zone: string,
): Promise<LearnerClassOutline> {
  const [classes, outline] = await Promise.all([
    listLearnerClasses(db, personId, now, zone, enrollmentId),
    loadOutline(db, enrollmentId),
  ]);
  const found = classes[0];
  if (!found) throw new NotFound();
  return { ...found, ...outline };
}

/** A class of `listLearnerClasses` with its outline, in two queries more. */
export async function outlineLearnerClass(
  db: Db,
  found: LearnerClass,
): Promise<LearnerClassOutline> {
  return { ...found, ...(await loadOutline(db, found.enrollmentId)) };
}

async function loadOutline(
  db: Db,
  enrollmentId: string,
): Promise<Pick<LearnerClassOutline, 'courses' | 'continueLessonId'>> {
  const [chapters, lessons] = await Promise.all([
    listChapters(db, { enrollmentId }),
    listLessons(db, enrollmentId),
  ]);
  const courses = new Map<string, LearnerCourse>();
  for (const { chapterId, chapterTitle, ...course } of chapters) {
    const known = courses.get(course.courseId) ?? { ...course, chapters: [] };
    courses.set(course.courseId, known);
    const own = lessons.filter(
      (l) => l.courseVersionId === course.courseVersionId && l.chapterId === chapterId,
    );
    known.chapters.push({
      id: chapterId,
      title: chapterTitle,
      lessons: own.map(({ courseVersionId: _version, chapterId: _chapter, ...row }) => ({
        ...row,
        courseId: course.courseId,
      })),
    });
  }
  const outline = [...courses.values()];
  return { courses: outline, continueLessonId: continueLesson(outline) };
}

function continueLesson(courses: LearnerCourse[]): string | null {
  const lessons = courses.flatMap((course) => course.chapters.flatMap((c) => c.lessons));
  const last = lessons.reduce<LearnerLesson | undefined>(
    (latest, lesson) =>
      (lesson.lastStudiedAt ?? 0) > (latest?.lastStudiedAt ?? 0) ? lesson : latest,
    undefined,
  );
  if (last && !last.complete) return last.id;
  const from = last ? lessons.indexOf(last) + 1 : 0;
  const next = [...lessons.slice(from), ...lessons.slice(0, from)].find((l) => !l.complete);
  return next?.id ?? null;
}

const listChapters = prepareQuery((db, asked: { enrollmentId: string }) =>
  db
    .selectFrom('enrollment')
    .innerJoin('class_course', 'class_course.class_id', 'enrollment.class_id')
    .innerJoin('course', 'course.id', 'class_course.course_id')
    .innerJoin('course_version', 'course_version.id', 'class_course.course_version_id')
    .innerJoin(
      'course_version_chapter',
      'course_version_chapter.course_version_id',
      'course_version.id',
    )
    .select([
      'class_course.course_id as courseId',
      'course_version.id as courseVersionId',
      'course_version.number as versionNumber',
      'course_version.title',
      'course.cover',
      'course_version_chapter.chapter_id as chapterId',
      'course_version_chapter.title as chapterTitle',
    ])
    .where('enrollment.id', '=', asked.enrollmentId)
    .orderBy('class_course.position')
    .orderBy('course_version.id')
    .orderBy('course_version_chapter.position')
    .orderBy('course_version_chapter.chapter_id'),
);

const findLessons = prepareQuery((db, asked: { enrollmentId: string }) =>
  enrollmentLessons(db)
    .select([
      'course_version_lesson.lesson_id as id',
      'course_version_lesson.course_version_id as courseVersionId',
      'course_version_lesson.chapter_id as chapterId',
      'course_version_lesson.kind',
      'course_version_lesson.title',
      'course_version_lesson.media_id as mediaId',
      'course_version_lesson.duration_ms as durationMs',
      'lesson_total.credited_ms',
      'lesson_total.corrected_ms',
      'lesson_total.covered_ms',
      'lesson_total.spent_ms',
      'lesson_total.last_media_ms',
      'lesson_total.last_studied_at',
      'lesson_total.complete',
      'article_reading.read_at',
    ])
    .where('enrollment.id', '=', asked.enrollmentId)
    .orderBy('course_version_lesson.position')
    .orderBy('course_version_lesson.lesson_id'),
);

async function listLessons(db: Db, enrollmentId: string) {
  const rows = await findLessons(db, { enrollmentId });
  return rows.map((row) => ({
    id: row.id,
    courseVersionId: row.courseVersionId,
    chapterId: row.chapterId,
    kind: row.kind,
    title: row.title,
    mediaId: row.mediaId,
    durationMs: row.durationMs,
    creditedMs: (row.credited_ms ?? 0) + (row.corrected_ms ?? 0),
    coveredMs: row.covered_ms ?? 0,
    spentMs: row.spent_ms ?? 0,
    lastMediaMs: row.last_media_ms ?? 0,
    lastStudiedAt: row.last_studied_at ?? row.read_at,
    complete: row.complete === 1 || row.read_at !== null,
  }));
}
