/** What one enrollment is credited in a class, and what was settled for it; ms. */
export interface CreditToSettle {
  enrollmentId: string;
  /** Credit of the days before the period, as it stands now. */
  beforeMs: number;
  /** Credit of the period's days, as it stands now. */
  periodMs: number;
  /** All that earlier settlements settled for it, adjustments included. */
  settledMs: number;
}

/** One learner's line of a settlement; both figures together are what this settlement settles. */
export interface SettledCredit {
  enrollmentId: string;
  creditedMs: number;
  /** What changed since for days settled before: below zero where credit was taken back. */
  adjustmentMs: number;
}

/**
 * The lines of a settlement: the period's days as they stand, and what the days before it are worth now beyond all that
 * was settled. So the settlements and the open rest together are the credit, at any time.
 */
export function settlementLines(credits: readonly CreditToSettle[]): SettledCredit[] {
  return credits.map(({ enrollmentId, beforeMs, periodMs, settledMs }) => {
    return { enrollmentId, creditedMs: periodMs, adjustmentMs: beforeMs - settledMs };
  });
}

export const sumOf = (lines: readonly Pick<SettledCredit, 'creditedMs' | 'adjustmentMs'>[]) =>
  lines.reduce((sum, line) => sum + line.creditedMs + line.adjustmentMs, 0);
