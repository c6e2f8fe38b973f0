import type { Db } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import { Conflict, Invalid, NotFound } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { lockLearners } from './lock-learners.server';
import { dayAt } from './platform-day';

/**
 * A learner asks the class's manager to look at what a lesson counted, on a day or as a whole (`day` ''). Throws
 * NotFound for another's enrollment or a lesson it never had, Invalid for a day to come, Conflict('appeal-open')
 * while an appeal on the same lesson and day waits for its answer. `now` is epoch ms.
 */
export async function makeAppeal(
  db: Db,
  input: { personId: string; enrollmentId: string; lessonId: string; day: string; text: string },
  { zone, now }: { zone: string; now: number },
): Promise<void> {
  const { personId, enrollmentId, lessonId } = input;
  const own = await db
    .selectFrom('enrollment')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .select('training_class.organization_id as organizationId')
    .where('enrollment.id', '=', enrollmentId)
    .where('enrollment.person_id', '=', personId)
    .where('enrollment.status', '!=', 'applied')
    .where((eb) =>
      eb.or([
        eb.exists(
          eb
            .selectFrom('class_course')
            .innerJoin(
              'course_version_lesson',
              'course_version_lesson.course_version_id',
              'class_course.course_version_id',
            )
            .select('course_version_lesson.lesson_id')
            .whereRef('class_course.class_id', '=', 'enrollment.class_id')
            .where('course_version_lesson.lesson_id', '=', lessonId),
        ),
        eb.exists(
          eb
            .selectFrom('watch_session')
            .select('watch_session.id')
            .whereRef('watch_session.enrollment_id', '=', 'enrollment.id')
            .where('watch_session.lesson_id', '=', lessonId),
        ),
      ]),
    )
    .executeTakeFirst();
  if (!own) throw new NotFound();
  const day = input.day === '' ? null : input.day;
  if (input.day > dayAt(now, zone).day) throw new Invalid([{ pointer: '/day', message: 'day' }]);
  await db.transaction().execute(async (trx) => {
    const moment = (await lockLearners(trx, [personId], now)).get(personId)?.moment ?? now;
    const open = await trx
      .selectFrom('appeal')
      .select('id')
      .where('enrollment_id', '=', enrollmentId)
      .where('lesson_id', '=', lessonId)
      .where((eb) => (day === null ? eb('day', 'is', null) : eb('day', '=', day)))
      .where('decided_at', 'is', null)
      .executeTakeFirst();
    if (open) throw new Conflict('appeal-open', 'The appeal before waits for its answer.');
    await trx
      .insertInto('appeal')
      .values({
        id: newId(),
        enrollment_id: enrollmentId,
        lesson_id: lessonId,
        day,
        text: input.text,
        made_at: moment,
        decided_at: null,
        decided_by: null,
        decision: null,
        answer: null,
      })
      .execute();
    await recordAudit(trx, {
      at: moment,
      actorId: personId,
      organizationId: own.organizationId,
      action: 'make-appeal',
      subjectType: 'enrollment',
      subjectId: enrollmentId,
      detail: { lessonId, day: input.day },
    });
  });
}
