import type { Selectable } from 'kysely';
import type { Db, Trx } from '~db/client.server';
import type { WatchSessionTable } from '~db/tables/class-hours';
import { EMPTY_SNAPSHOT, sessionBeats, type LessonEvidence } from './crediting';
import { loadLaws, underChecks, type EnrollmentLaw } from './lesson-law.server';
import { lastPlayed, totalOf, type LessonKey, type LessonTotal } from './lesson-totals.server';
import { boundsOfDay } from './platform-day';
import { loadAnswerMoments, loadPresenceFacts } from './presence-facts.server';
import { timeInTouch } from './presence-time';
import type { Beat, PresenceFact, WatchSessionFact } from './rule-set';
import { listBeats } from './stored-beats.server';
import type { LessonFold } from './crediting';

/** All stored evidence of one learner for one lesson of one class. */
export interface StoredLesson {
  key: LessonKey;
  law: EnrollmentLaw;
  /** In the order in which they were opened. */
  sessions: WatchSessionFact[];
  evidence: LessonEvidence;
}

/** Which of a learner's lessons: those they may have studied on `fromDay` or later, or the one named. */
export interface EvidenceWanted {
  fromDay?: string;
  only?: { enrollmentId: string; lessonId: string };
}

/** Makes of the stored law of an enrollment another to count by. */
export type ChangeLaw = (law: EnrollmentLaw) => EnrollmentLaw;

const asStored: ChangeLaw = (law) => law;

/**
 * Loads a learner's evidence, to be folded by `foldLearner`. From `fromDay` on, each snapshot holds what was
 * credited and spent before that day, and sessions of lessons not studied since are left out.
 */
export async function loadLearnerEvidence(
  db: Db | Trx,
  personId: string,
  zone: string,
  wanted: EvidenceWanted = {},
): Promise<StoredLesson[]> {
  return (await loadEvidenceUnder(db, personId, zone, wanted, [asStored]))[0]!;
}

/** As `loadLearnerEvidence`, read once and told under each of several laws, in their order. */
export async function loadEvidenceUnder(
  db: Db | Trx,
  personId: string,
  zone: string,
  { fromDay = '', only }: EvidenceWanted,
  changes: readonly ChangeLaw[],
): Promise<StoredLesson[][]> {
  let wanted = db.selectFrom('watch_session').where('person_id', '=', personId);
  if (only) {
    wanted = wanted
      .where('enrollment_id', '=', only.enrollmentId)
      .where('lesson_id', '=', only.lessonId);
  }
  if (fromDay !== '') {
    const { fromAt } = boundsOfDay(fromDay, zone);
    const studied = await wanted
      .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', fromAt)]))
      .select('lesson_id')
      .distinct()
      .execute();
    const lessonIds = studied.map((row) => row.lesson_id);
    if (lessonIds.length === 0) return changes.map(() => []);
    wanted = wanted.where('lesson_id', 'in', lessonIds);
  }
  const rows = await wanted.selectAll().orderBy('number').execute();
  if (rows.length === 0) return changes.map(() => []);
  const sessionIds = rows.map(({ id }) => id);
  const enrollmentIds = [...new Set(rows.map((row) => row.enrollment_id))];
  const beats = await listBeats(db, sessionIds);
  const answers = await loadAnswerMoments(db, sessionIds);
  const laws = await loadLaws(db, enrollmentIds, zone);
  const checks = (await loadPresenceFacts(db, [personId])).get(personId) ?? [];
  const before = await sumDaysBefore(db, enrollmentIds, fromDay);
  const stored = { rows, beats, answers, laws, checks, before };
  return changes.map((change) => tellLessons(stored, change));
}

interface Stored {
  rows: Selectable<WatchSessionTable>[];
  beats: Map<string, Beat[]>;
  answers: Map<string, number[]>;
  laws: Map<string, EnrollmentLaw>;
  checks: PresenceFact[];
  before: Map<string, { creditedMs: number; spentMs: number }>;
}

function tellLessons(stored: Stored, change: ChangeLaw): StoredLesson[] {
  const { beats, answers, checks, before } = stored;
  const laws = new Map([...stored.laws].map(([id, law]) => [id, change(law)]));
  const lessons = new Map<string, StoredLesson>();
  for (const row of stored.rows) {
    const id = `${row.enrollment_id} ${row.lesson_id}`;
    const law = laws.get(row.enrollment_id)!;
    const contacts = [
      row.started_at,
      ...(beats.get(row.id) ?? []).map((beat) => beat.arrivedAt),
      ...(answers.get(row.id) ?? []),
    ];
    const session: WatchSessionFact = {
      id: row.id,
      number: row.number,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      durationMs: row.duration_ms,
      inTouch: timeInTouch(contacts, law),
    };
    const known = lessons.get(id);
    if (known) known.sessions.push(session);
    else {
      const key = {
        enrollmentId: row.enrollment_id,
        lessonId: row.lesson_id,
        personId: row.person_id,
      };
      const snapshot = { ...EMPTY_SNAPSHOT, ...before.get(id) };
      const evidence = { law: underChecks(law, checks), snapshot, beats: [] };
      lessons.set(id, { key, law, sessions: [session], evidence });
    }
  }
  return [...lessons.values()].map((lesson) => ({
    ...lesson,
    evidence: { ...lesson.evidence, beats: sessionBeats(lesson.sessions, beats) },
  }));
}

async function sumDaysBefore(
  db: Db | Trx,
  enrollmentIds: readonly string[],
  day: string,
): Promise<Map<string, { creditedMs: number; spentMs: number }>> {
  if (day === '') return new Map();
  const rows = await db
    .selectFrom('lesson_day')
    .where('enrollment_id', 'in', enrollmentIds)
    .where('day', '<', day)
    .groupBy(['enrollment_id', 'lesson_id'])
    .select(({ fn }) => [
      'enrollment_id',
      'lesson_id',
      fn.sum<number>('credited_ms').as('creditedMs'),
      fn.sum<number>('spent_ms').as('spentMs'),
    ])
    .execute();
  return new Map(
    rows.map(({ enrollment_id, lesson_id, creditedMs, spentMs }) => [
      `${enrollment_id} ${lesson_id}`,
      { creditedMs, spentMs },
    ]),
  );
}

/** The total that the fold of a lesson's stored evidence amounts to. */
export function totalOfStored(
  { key, law, sessions, evidence }: StoredLesson,
  fold: LessonFold,
): LessonTotal {
  const last = lastPlayed({ lastMediaMs: 0, lastStudiedAt: 0 }, evidence.beats);
  return totalOf(key, fold, last, law, sessions[sessions.length - 1]?.durationMs ?? 0);
}
