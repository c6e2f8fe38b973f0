/** Every kind of thing worth a look, in the order in which the filter offers them. */
export const SIGNAL_KINDS = [
  'shared-device',
  'unserved-video',
  'even-beats',
  'quick-answers',
  'wrong-answers',
  'long-day',
  'night-study',
  'other-class',
] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** Time of one device in one account, and the time of another account on it. Moments are epoch ms. */
export interface Meeting {
  fromAt: number;
  toAt: number;
  otherFromAt: number;
  otherToAt: number;
}

/** What a signal rests on. Moments are epoch ms, lengths ms; `lessons` are ids, those it is most about first. */
export type Evidence = { lessons: string[] } & (
  | {
      kind: 'shared-device';
      otherPersonId: string;
      count: number;
      overlapping: number;
      meetings: Meeting[];
    }
  | { kind: 'unserved-video'; fromAt: number; toAt: number; sessions: number }
  | { kind: 'even-beats'; fromAt: number; toAt: number; beats: number; lengthMs: number }
  | { kind: 'quick-answers'; answers: { at: number; tookMs: number }[] }
  | { kind: 'wrong-answers'; at: number[] }
  | { kind: 'long-day'; spentMs: number; creditedMs: number; hereMs: number }
  | { kind: 'night-study'; fromAt: number; toAt: number; ms: number }
  | { kind: 'other-class'; otherEnrollmentId: string; creditedMs: number; otherCreditedMs: number }
);

/** Something in one enrollment that is worth a look, and proves nothing. */
export interface Signal {
  /** The same thing found again has the same id; stored as a hash of it. */
  id: string;
  enrollmentId: string;
  /** Of the platform's zone. */
  day: string;
  /** How much of it there is, in the kind's own unit: what was looked at comes back when there is more of it. */
  measure: number;
  evidence: Evidence;
}

/** Names a signal; `subject` tells signals of one kind and day apart: another account, a lesson, a check. */
export function signalOf(
  enrollmentId: string,
  day: string,
  subject: string,
  measure: number,
  evidence: Evidence,
): Signal {
  const id = [evidence.kind, enrollmentId, day, subject].filter(Boolean).join('.');
  return { id, enrollmentId, day, measure, evidence };
}
