import type { Db, Trx } from '~db/client.server';
import { reachOf } from '../class-hours/session-reach.server';
import { inChunks } from '../shared/in-chunks';
import type { LearnerFacts, SessionFact } from './draw-signals';
import { CLOSE_MS, LONG_DAY_MS, type EvenRun, type NightPart } from './rules';

const DAY_MS = 24 * 3_600_000;
const LESSONS_AT_ONCE = 500;

/** What one learner's signals are drawn from, in a fixed number of queries, none of which reads beats. */
export async function loadLearnerFacts(db: Db | Trx, personId: string): Promise<LearnerFacts> {
  return {
    sessions: await loadSessions(db, personId),
    meetings: await loadMeetings(db, personId),
    answers: await loadAnswers(db, personId),
    longDays: await loadLongDays(db, personId),
    twice: await loadTwice(db, personId),
  };
}

async function loadSessions(db: Db | Trx, personId: string): Promise<SessionFact[]> {
  const rows = await db
    .selectFrom('watch_session')
    .innerJoin('session_trait', 'session_trait.session_id', 'watch_session.id')
    .leftJoin('media_serving', (join) =>
      join
        .onRef('media_serving.person_id', '=', 'watch_session.person_id')
        .onRef('media_serving.media_id', '=', 'watch_session.media_id'),
    )
    .select([
      'watch_session.enrollment_id as enrollmentId',
      'watch_session.lesson_id as lessonId',
      'watch_session.started_at as startedAt',
      'watch_session.serving_known',
      'session_trait.wall_to_ms',
      'session_trait.even',
      'session_trait.nights',
      'media_serving.first_at',
    ])
    .where('watch_session.person_id', '=', personId)
    .orderBy('watch_session.number')
    .execute();
  const unserved = rows.filter((row) => row.serving_known === 1 && row.first_at === null);
  const served = await listServedLessons(db, personId, [
    ...new Set(unserved.map((row) => row.lessonId)),
  ]);
  return rows.map((row) => ({
    enrollmentId: row.enrollmentId,
    lessonId: row.lessonId,
    startedAt: row.startedAt,
    toAt: row.startedAt + row.wall_to_ms,
    even: row.even === null ? undefined : (JSON.parse(row.even) as EvenRun),
    nights: JSON.parse(row.nights) as NightPart[],
    served: row.serving_known === 0 || row.first_at !== null || served.has(row.lessonId),
  }));
}

/** The page may show another version's video than the one the session started with: any of the lesson's will do. */
async function listServedLessons(
  db: Db | Trx,
  personId: string,
  lessonIds: string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const part of inChunks(lessonIds, LESSONS_AT_ONCE)) {
    const rows = await db
      .selectFrom('media_serving')
      .innerJoin(
        'course_version_lesson',
        'course_version_lesson.media_id',
        'media_serving.media_id',
      )
      .select('course_version_lesson.lesson_id')
      .distinct()
      .where('media_serving.person_id', '=', personId)
      .where('course_version_lesson.lesson_id', 'in', part)
      .execute();
    for (const row of rows) found.add(row.lesson_id);
  }
  return found;
}

async function loadMeetings(db: Db | Trx, personId: string): Promise<LearnerFacts['meetings']> {
  const rows = await db
    .selectFrom('watch_session as mine')
    .innerJoin('watch_session as other', (join) =>
      join
        .onRef('other.device_hash', '=', 'mine.device_hash')
        .onRef('other.person_id', '<>', 'mine.person_id')
        // Longer than this no session plays on: it ends with the learner's next, or with the page.
        .on((eb) => eb('other.started_at', '>=', eb('mine.started_at', '-', DAY_MS)))
        .on((eb) => eb('other.started_at', '<=', eb('mine.started_at', '+', DAY_MS))),
    )
    .innerJoin('session_trait as my_trait', 'my_trait.session_id', 'mine.id')
    .leftJoin('session_total as other_total', 'other_total.session_id', 'other.id')
    .leftJoin('learner_stream as other_stream', (join) =>
      join
        .onRef('other_stream.person_id', '=', 'other.person_id')
        .onRef('other_stream.playing_session_id', '=', 'other.id'),
    )
    .leftJoin('session_trait as other_trait', 'other_trait.session_id', 'other.id')
    .select([
      'mine.enrollment_id as enrollmentId',
      'mine.lesson_id as lessonId',
      'mine.started_at as fromAt',
      'mine.ended_at as endedAt',
      'my_trait.wall_to_ms as wallToMs',
      'other.person_id as otherPersonId',
      'other.started_at as otherFromAt',
      'other.ended_at as otherEndedAt',
      reachOf('wall_to_ms', { stream: 'other_stream', total: 'other_total' }).as('otherTotalMs'),
      'other_trait.wall_to_ms as otherTraitMs',
    ])
    .where('mine.person_id', '=', personId)
    .orderBy('mine.started_at')
    .orderBy('other.started_at')
    .execute();
  return rows
    .map((row) => ({
      enrollmentId: row.enrollmentId,
      lessonId: row.lessonId,
      fromAt: row.fromAt,
      toAt: Math.min(row.fromAt + row.wallToMs, row.endedAt ?? Infinity),
      otherPersonId: row.otherPersonId,
      otherFromAt: row.otherFromAt,
      otherToAt: Math.min(
        row.otherFromAt + (row.otherTotalMs ?? row.otherTraitMs ?? 0),
        row.otherEndedAt ?? Infinity,
      ),
    }))
    .filter(
      (one) => one.otherFromAt <= one.toAt + CLOSE_MS && one.fromAt <= one.otherToAt + CLOSE_MS,
    );
}

async function loadAnswers(db: Db | Trx, personId: string): Promise<LearnerFacts['answers']> {
  const rows = await db
    .selectFrom('presence_check')
    .innerJoin('presence_question', 'presence_question.check_id', 'presence_check.id')
    .innerJoin('watch_session', 'watch_session.id', 'presence_question.answered_in')
    .select([
      'watch_session.enrollment_id as enrollmentId',
      'watch_session.lesson_id as lessonId',
      'presence_check.id as checkId',
      'presence_question.number',
      'presence_question.asked_at as askedAt',
      'presence_question.answered_at as answeredAt',
      'presence_question.answer',
      'presence_question.right_option',
    ])
    .where('presence_check.person_id', '=', personId)
    .where('presence_question.answered_at', 'is not', null)
    .orderBy('presence_question.answered_at')
    .orderBy('presence_question.number')
    .execute();
  return rows.map(({ answer, right_option, answeredAt, ...row }) => ({
    ...row,
    answeredAt: answeredAt ?? row.askedAt,
    right: answer === right_option,
  }));
}

async function loadLongDays(db: Db | Trx, personId: string): Promise<LearnerFacts['longDays']> {
  return (
    db
      .selectFrom('learner_day')
      .innerJoin('enrollment', 'enrollment.person_id', 'learner_day.person_id')
      .innerJoin('lesson_day', (join) =>
        join
          .onRef('lesson_day.enrollment_id', '=', 'enrollment.id')
          .onRef('lesson_day.day', '=', 'learner_day.day'),
      )
      .select([
        'lesson_day.enrollment_id as enrollmentId',
        'lesson_day.lesson_id as lessonId',
        'lesson_day.day',
        'lesson_day.spent_ms as spentMs',
        'learner_day.spent_ms as learnerSpentMs',
        'learner_day.credited_ms as learnerCreditedMs',
      ])
      .where('learner_day.person_id', '=', personId)
      // What is credited was spent: the longer of both is always this one.
      .where('learner_day.spent_ms', '>', LONG_DAY_MS)
      .where('lesson_day.spent_ms', '>', 0)
      .orderBy('lesson_day.day')
      .orderBy('lesson_day.enrollment_id')
      .orderBy('lesson_day.lesson_id')
      .execute()
  );
}

async function loadTwice(db: Db | Trx, personId: string): Promise<LearnerFacts['twice']> {
  const rows = await db
    .selectFrom('lesson_total as here')
    .innerJoin('lesson_total as there', (join) =>
      join
        .onRef('there.person_id', '=', 'here.person_id')
        .onRef('there.lesson_id', '=', 'here.lesson_id')
        .onRef('there.enrollment_id', '<>', 'here.enrollment_id'),
    )
    .select((eb) => [
      'here.enrollment_id as enrollmentId',
      'here.lesson_id as lessonId',
      // With what a manager's decision added.
      eb('here.credited_ms', '+', eb.ref('here.corrected_ms')).as('creditedMs'),
      'there.enrollment_id as otherEnrollmentId',
      eb('there.credited_ms', '+', eb.ref('there.corrected_ms')).as('otherCreditedMs'),
      eb
        .selectFrom('lesson_day')
        .select(({ fn }) => fn.min('lesson_day.day').as('day'))
        .whereRef('lesson_day.enrollment_id', '=', 'here.enrollment_id')
        .whereRef('lesson_day.lesson_id', '=', 'here.lesson_id')
        .where('lesson_day.credited_ms', '>', 0)
        .as('day'),
    ])
    .where('here.person_id', '=', personId)
    .where('here.credited_ms', '>', 0)
    .where('there.credited_ms', '>', 0)
    .orderBy('here.enrollment_id')
    .orderBy('here.lesson_id')
    .execute();
  return rows.flatMap(({ day, creditedMs, otherCreditedMs, ...row }) => {
    if (day === null) return [];
    const credit = { creditedMs: Number(creditedMs), otherCreditedMs: Number(otherCreditedMs) };
    return [{ ...row, ...credit, day }];
  });
}
