import type {
  BeatTable,
  CorrectionTable,
  PresenceCheckTable,
  PresenceQuestionTable,
  WatchSessionTable,
} from '~db/tables/class-hours';
import type { ClassRuleSetTable, EnrollmentStatusTable } from '~db/tables/classes';

/** What can arrive, in the order in which the records of one owner and day are written down. */
export const EVIDENCE_KINDS = [
  'class-rule-set',
  'enrollment-status',
  'session',
  'check-asked',
  'check-passed',
  'question-asked',
  'question-answered',
  'beat',
  'refused-beat',
  'correction',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** One arrival: its kind, its moment (epoch ms), and its text, JSON of one line with its keys in a fixed order. */
export interface EvidenceLine {
  kind: EvidenceKind;
  at: number;
  text: string;
}

function lineOf(kind: EvidenceKind, at: number, record: Record<string, unknown>): EvidenceLine {
  return { kind, at, text: JSON.stringify({ kind, at, ...record }) };
}

/** A class that counts by another rule set from a day on; it arrives when it is decided. */
export const classRuleSetLine = (row: ClassRuleSetTable): EvidenceLine =>
  lineOf('class-rule-set', row.decided_at, {
    classId: row.class_id,
    fromDay: row.from_day,
    ruleSetVersionId: row.rule_set_version_id,
    reason: row.reason,
    decidedBy: row.decided_by,
  });

/** An enrollment's status from a moment on. */
export const enrollmentStatusLine = (
  row: EnrollmentStatusTable & { class_id: string },
): EvidenceLine =>
  lineOf('enrollment-status', row.from_at, {
    id: row.id,
    enrollmentId: row.enrollment_id,
    classId: row.class_id,
    status: row.status,
    byPersonId: row.by_person_id,
  });

type SessionRow = Pick<
  WatchSessionTable,
  'id' | 'enrollment_id' | 'lesson_id' | 'media_id' | 'duration_ms' | 'number' | 'started_at'
>;

/** The opening of a player. It ends where the learner's next one starts, so that its end is no arrival. */
export const sessionLine = (row: SessionRow): EvidenceLine =>
  lineOf('session', row.started_at, {
    id: row.id,
    enrollmentId: row.enrollment_id,
    lessonId: row.lesson_id,
    mediaId: row.media_id,
    durationMs: row.duration_ms,
    number: row.number,
  });

/** A check arrives when it is asked and, in a line of its own, when it is passed. */
export function checkLines(row: PresenceCheckTable): EvidenceLine[] {
  const asked = lineOf('check-asked', row.asked_at, { id: row.id, sessionId: row.session_id });
  if (row.passed_at === null) return [asked];
  return [asked, lineOf('check-passed', row.passed_at, { id: row.id })];
}

/** A question arrives at the moment from which it can be answered and, in a line of its own, with its answer. */
export function questionLines(row: PresenceQuestionTable): EvidenceLine[] {
  const asked = lineOf('question-asked', row.asked_at, {
    id: row.id,
    checkId: row.check_id,
    number: row.number,
    question: row.question,
    options: row.options,
    rightOption: row.right_option,
  });
  if (row.answered_at === null) return [asked];
  const { id, answer, answered_in: sessionId } = row;
  return [asked, lineOf('question-answered', row.answered_at, { id, answer, sessionId })];
}

/** A beat as it was sent, at its first arrival. */
export const beatLine = (kind: 'beat' | 'refused-beat', row: BeatTable): EvidenceLine =>
  lineOf(kind, row.arrived_at, {
    sessionId: row.session_id,
    seq: row.seq,
    wallFromMs: row.wall_from_ms,
    wallToMs: row.wall_to_ms,
    mediaFromMs: row.media_from_ms,
    mediaToMs: row.media_to_ms,
    visible: row.visible === 1,
  });

/** A correction of class hours, when it is decided. */
export const correctionLine = (row: CorrectionTable): EvidenceLine =>
  lineOf('correction', row.decided_at, {
    id: row.id,
    enrollmentId: row.enrollment_id,
    lessonId: row.lesson_id,
    day: row.day,
    ms: row.ms,
    cause: row.cause,
    reason: row.reason,
    decidedBy: row.decided_by,
    appealId: row.appeal_id,
  });

const placeOf = new Map(EVIDENCE_KINDS.map((kind, place) => [kind, place]));

/** Sorts by kind, then by moment, then by text (UTF-16 code units): one order on every engine. */
export function sortLines(lines: EvidenceLine[]): EvidenceLine[] {
  return lines.sort(
    (a, b) =>
      placeOf.get(a.kind)! - placeOf.get(b.kind)! ||
      a.at - b.at ||
      (a.text < b.text ? -1 : a.text > b.text ? 1 : 0),
  );
}
