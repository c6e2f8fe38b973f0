import type { Trx } from '~db/client.server';
import type { DayChange } from './add-to-roll-ups.server';
import { countedMs, producerId, selectCreditedDays } from './credited-days.server';

/** The credit whose producer a change may alter: of one class, or of a lesson in classes whose version lacks it. */
export type KeptCredit = { classId: string } | { lessonId: string };

/**
 * Runs a change of what names the producers of lessons (the version a class follows, the lesson itself), and
 * answers what of the credited time goes from one producer to another, for the caller to pass to `addToRollUps`.
 * The learners concerned are locked by the caller.
 */
export async function keepProducers(
  trx: Trx,
  credit: KeptCredit,
  change: () => Promise<unknown>,
): Promise<DayChange[]> {
  const before = await listProduced(trx, credit);
  await change();
  const after = await listProduced(trx, credit);
  const is = new Map(after.map((row) => [rowKey(row), row]));
  const was = new Map(before.map((row) => [rowKey(row), row]));
  const none = { inOrganization: 1, inProducer: 0 };
  return [
    ...before
      .filter((row) => !is.has(rowKey(row)))
      .map((row) => ({ ...row, ...none, creditedMs: -row.creditedMs, spentMs: -row.spentMs })),
    ...after.filter((row) => !was.has(rowKey(row))).map((row) => ({ ...row, ...none })),
  ];
}

type Produced = Omit<DayChange, 'inOrganization' | 'inProducer'> & { lessonId: string };

const rowKey = ({ personId, classId, lessonId, day, producerId: producer }: Produced): string =>
  [personId, classId, lessonId, day, producer].join(' ');

async function listProduced(trx: Trx, credit: KeptCredit): Promise<Produced[]> {
  let days = selectCreditedDays(trx);
  if ('classId' in credit) days = days.where('enrollment.class_id', '=', credit.classId);
  else {
    days = days
      .where('lesson_day.lesson_id', '=', credit.lessonId)
      .where('course_version_lesson.lesson_id', 'is', null)
      .where('lesson_day.enrollment_id', 'in', (eb) =>
        eb
          .selectFrom('watch_session')
          .select('enrollment_id')
          .where('lesson_id', '=', credit.lessonId),
      );
  }
  return days
    .select([
      'enrollment.person_id as personId',
      'enrollment.class_id as classId',
      'training_class.organization_id as organizationId',
      producerId.as('producerId'),
      'rule_set_version.minutes_per_class_hour as minutesPerClassHour',
      'lesson_day.lesson_id as lessonId',
      'lesson_day.day',
      countedMs.as('creditedMs'),
      'lesson_day.spent_ms as spentMs',
    ])
    .execute();
}
