import type { ExpressionBuilder } from 'kysely';
import type { Database } from '~db/schema';

/** Whether a media is a course's to show: uploaded into it, or shown by a lesson of its draft already. */
export const isMediaOf = (courseId: string) => (eb: ExpressionBuilder<Database, 'media'>) =>
  eb.or([
    eb('media.course_id', '=', courseId),
    eb.exists(
      eb
        .selectFrom('lesson')
        .select('lesson.id')
        .where('lesson.course_id', '=', courseId)
        .where('lesson.removed_at', 'is', null)
        .whereRef('lesson.media_id', '=', 'media.id'),
    ),
  ]);
