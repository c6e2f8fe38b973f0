import type { Db } from '~db/client.server';
import { canManage } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';
import { NotFound } from '../shared/errors';
import { refusedWhole } from './arrival';
import type { CreditedPart } from './crediting';
import { addDecisions, type Correction, type CorrectionPlay } from './corrections';
import { explainLesson, type Explanation, type Play } from './explanation';
import { findStudiedLesson } from './find-studied-lesson.server';
import { dayAt } from './platform-day';
import { foldLearner } from './crediting';
import { isCapReached } from './learner-days.server';
import { loadLearnerEvidence, totalOfStored } from './learner-evidence.server';
import { loadLaw } from './lesson-law.server';
import { listCorrections } from './list-corrections.server';
import { ruleSetOn, type WatchSessionFact } from './rule-set';
import { listBeats } from './stored-beats.server';

/** Why a lesson counts what it counts; moments are epoch ms. */
export interface ClassHoursExplanation extends Explanation {
  /** Decisions of people are among them. */
  plays: (Play | CorrectionPlay)[];
  /** The same decisions by themselves. */
  corrections: Correction[];
  /** What other rules made of the credit, which has it already. */
  recounts: Correction[];
  complete: boolean;
  ruleSet: { name: string; version: number };
}

/**
 * Folds the stored evidence of one enrollment and lesson anew and explains it to the learner, to managers of the
 * class's organization and to the bureau. Throws NotFound for others, and for a lesson that is neither in the
 * class nor studied in it. Decisions of people are part of the credit; days and plays each add up to it.
 */
export async function explainClassHours(
  db: Db,
  viewer: Viewer,
  wanted: { enrollmentId: string; lessonId: string },
  { zone, now }: { zone: string; now: number },
): Promise<ClassHoursExplanation> {
  const enrollment = await db
    .selectFrom('enrollment')
    .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
    .select(['enrollment.person_id as personId', 'training_class.organization_id'])
    .where('enrollment.id', '=', wanted.enrollmentId)
    .executeTakeFirst();
  if (!enrollment) throw new NotFound();
  const { personId } = enrollment;
  const own = personId === viewer.personId;
  if (!own && !canManage(viewer, enrollment.organization_id)) throw new NotFound();
  const law = await loadLaw(db, wanted.enrollmentId, zone);
  // Where a day's cap was reached, what counted here depends on the learner's other lessons.
  const capped = await isCapReached(db, personId);
  const lessons = await loadLearnerEvidence(db, personId, zone, capped ? {} : { only: wanted });
  const { folds } = foldLearner(lessons.map(({ evidence }) => evidence));
  const index = lessons.findIndex(
    ({ key }) => key.enrollmentId === wanted.enrollmentId && key.lessonId === wanted.lessonId,
  );
  const lesson = lessons[index];
  if (!lesson && !(await findStudiedLesson(db, { ...wanted, personId }))) throw new NotFound();
  const { name, version } = ruleSetOn(law, dayAt(now, zone).day);
  const ruleSet = { name, version };
  const corrections = await listCorrections(db, wanted);
  const decisions = corrections.filter(({ cause }) => cause === 'decision');
  const recounts = corrections.filter(({ cause }) => cause === 'recount');
  const decided = { corrections: decisions, recounts, ruleSet };
  if (!lesson) return { ...addDecisions(NOTHING_STUDIED, decisions), ...decided };
  const fold = folds[index]!;
  const refused = await listRefusedParts(db, lesson.sessions, zone);
  const parts = [...fold.parts, ...refused].sort((a, b) => a.fromAt - b.fromAt);
  return {
    ...addDecisions(explainLesson({ ...fold, parts }), decisions),
    complete: totalOfStored(lesson, fold).complete,
    ...decided,
  };
}

const NOTHING_STUDIED = {
  creditedMs: 0,
  coveredMs: 0,
  spentMs: 0,
  complete: false,
  byDay: [],
  plays: [],
};

/** What stored time refused whole: shown, and counted nowhere. */
async function listRefusedParts(
  db: Db,
  sessions: readonly WatchSessionFact[],
  zone: string,
): Promise<CreditedPart[]> {
  const refused = await listBeats(
    db,
    sessions.map(({ id }) => id),
    'refused_beat',
  );
  return sessions.flatMap(({ id, startedAt }) =>
    (refused.get(id) ?? []).map((beat): CreditedPart => {
      const fromAt = startedAt + beat.wallFromMs;
      return {
        sessionId: id,
        seq: beat.seq,
        visible: beat.visible,
        day: dayAt(fromAt, zone).day,
        fromAt,
        toAt: startedAt + beat.wallToMs,
        mediaFromMs: beat.mediaFromMs,
        mediaToMs: beat.mediaToMs,
        validMs: 0,
        creditedMs: 0,
        refusals: [refusedWhole(beat)],
      };
    }),
  );
}
