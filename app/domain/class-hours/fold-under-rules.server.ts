import type { Db, Trx } from '~db/client.server';
import { foldLearner, type LessonFold } from './crediting';
import { loadEvidenceUnder, type StoredLesson } from './learner-evidence.server';
import type { EnrollmentLaw } from './lesson-law.server';
import type { DatedRuleSet, RuleSet } from './rule-set';

/** A class counts by another rule set from a day on; `id` is that of the decision. */
export interface RuleSwitch {
  id: string;
  classId: string;
  fromDay: string;
  ruleSet: RuleSet;
}

/** One lesson's credit in ms without and with a switch; `days` are those on which it differs. */
export interface RecountedLesson {
  enrollmentId: string;
  lessonId: string;
  beforeMs: number;
  afterMs: number;
  /** What is added to the day's credit, or taken from it. */
  days: { day: string; ms: number }[];
}

const byDay = (a: DatedRuleSet, b: DatedRuleSet) => {
  const [left, right] = [a.fromDay ?? '', b.fromDay ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** The law without that decision. */
export function withoutSwitch(law: EnrollmentLaw, { id }: RuleSwitch): EnrollmentLaw {
  return { ...law, ruleSets: law.ruleSets.filter(({ decisionId }) => decisionId !== id) };
}

/** The law with that decision: as it is stored, or as the latest where it is not decided yet. */
export function withSwitch(law: EnrollmentLaw, given: RuleSwitch): EnrollmentLaw {
  const { id, classId, fromDay, ruleSet } = given;
  const known = law.ruleSets.some(({ decisionId }) => decisionId === id);
  if (known || law.classId !== classId) return law;
  const added = [...law.ruleSets, { fromDay, ruleSet, decisionId: id }];
  return { ...law, ruleSets: added.sort(byDay) };
}

/**
 * Counts a learner's evidence without and with a switch of one of their classes, and changes nothing. Lessons of
 * other classes come too, since a day's cap ties them together; those not studied since that day are left out.
 */
export async function foldUnderRules(
  db: Db | Trx,
  personId: string,
  zone: string,
  given: RuleSwitch,
): Promise<RecountedLesson[]> {
  const { fromDay } = given;
  const [without, included] = await loadEvidenceUnder(db, personId, zone, { fromDay }, [
    (law) => withoutSwitch(law, given),
    (law) => withSwitch(law, given),
  ]);
  const fold = (lessons: StoredLesson[]) => {
    const evidence = lessons.map((lesson) => lesson.evidence);
    return foldLearner(evidence, fromDay).folds;
  };
  const before = fold(without!);
  const after = fold(included!);
  return included!.map((lesson, index) => compare(lesson, before[index]!, after[index]!));
}

function compare({ key }: StoredLesson, before: LessonFold, after: LessonFold): RecountedLesson {
  const changes = new Map<string, number>();
  for (const { day, creditedMs } of before.byDay) changes.set(day, -creditedMs);
  for (const { day, creditedMs } of after.byDay) {
    changes.set(day, (changes.get(day) ?? 0) + creditedMs);
  }
  const days = [...changes].map(([day, ms]) => ({ day, ms })).filter(({ ms }) => ms !== 0);
  return {
    enrollmentId: key.enrollmentId,
    lessonId: key.lessonId,
    beforeMs: before.creditedMs,
    afterMs: after.creditedMs,
    days: days.sort((a, b) => (a.day < b.day ? -1 : 1)),
  };
}
