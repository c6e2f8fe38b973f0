import type { Db } from '~db/client.server';
import type { EnrollmentStatus } from '~db/tables/classes';

/** One enrollment with its lessons, as GET /api/me shows it. */
export interface StudiedEnrollment {
  id: string;
  classId: string;
  className: string;
  status: EnrollmentStatus;
  lessons: {
    id: string;
    title: string;
    kind: 'video' | 'article';
    /** 0 for an article, and for a video until it is converted. */
    durationMs: number;
    creditedMs: number;
    coveredMs: number;
    complete: boolean;
  }[];
}

/** All enrollments of a learner, the newest first, each with the lessons of its class in their order. */
export async function listStudiedLessons(db: Db, personId: string): Promise<StudiedEnrollment[]> {
  const enrollments = await db
    .selectFrom('enrollment')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .where('enrollment.person_id', '=', personId)
    .select([
      'enrollment.id',
      'enrollment.class_id as classId',
      'training_class.title as className',
      'enrollment.status',
    ])
    .orderBy('enrollment.created_at', 'desc')
    .orderBy('enrollment.id', 'desc')
    .execute();
  const lessons = await db
    .selectFrom('enrollment')
    .innerJoin('class_course', 'class_course.class_id', 'enrollment.class_id')
    .innerJoin(
      'course_version_lesson as lesson',
      'lesson.course_version_id',
      'class_course.course_version_id',
    )
    .leftJoin('media', 'media.id', 'lesson.media_id')
    .leftJoin('lesson_total as total', (join) =>
      join
        .onRef('total.enrollment_id', '=', 'enrollment.id')
        .onRef('total.lesson_id', '=', 'lesson.lesson_id'),
    )
    .leftJoin('article_reading as reading', (join) =>
      join
        .onRef('reading.enrollment_id', '=', 'enrollment.id')
        .onRef('reading.lesson_id', '=', 'lesson.lesson_id'),
    )
    .where('enrollment.person_id', '=', personId)
    .select([
      'enrollment.id as enrollmentId',
      'lesson.lesson_id as id',
      'lesson.title',
      'lesson.kind',
      'lesson.duration_ms',
      'media.duration_ms as media_duration_ms',
      'total.credited_ms',
      'total.corrected_ms',
      'total.covered_ms',
      'total.complete',
      'reading.read_at',
    ])
    .orderBy('class_course.position')
    .orderBy('lesson.position')
    .execute();
  const byEnrollment = new Map<string, StudiedEnrollment['lessons']>();
  for (const row of lessons) {
    const known = byEnrollment.get(row.enrollmentId) ?? [];
    known.push({
      id: row.id,
      title: row.title,
      kind: row.kind,
      durationMs: row.kind === 'article' ? 0 : row.media_duration_ms || row.duration_ms,
      creditedMs: (row.credited_ms ?? 0) + (row.corrected_ms ?? 0),
      coveredMs: row.covered_ms ?? 0,
      complete: row.complete === 1 || row.read_at !== null,
    });
    byEnrollment.set(row.enrollmentId, known);
  }
  return enrollments.map((row) => ({ ...row, lessons: byEnrollment.get(row.id) ?? [] }));
}
