const MINUTE = 60_000;
/** Grace for the ends of videos, once per figure. */
const GRACE_MS = 3000;

/** Whether a lesson is complete: 95 % of it covered, in time that 95 % of it takes at the highest speed. */
export function isComplete(lesson: {
  coveredMs: number;
  spentMs: number;
  lengthMs: number;
  maxSpeed: number;
}): boolean {
  const { coveredMs, spentMs, lengthMs, maxSpeed } = lesson;
  const spentAtSpeed = spentMs * Math.round(maxSpeed * 1000);
  return (
    lengthMs > 0 && 100 * coveredMs >= 95 * lengthMs && spentAtSpeed * 100 >= 95 * lengthMs * 1000
  );
}

/** Class hours of one figure, rounded down to a tenth. For display and for "required reached" only. */
export function toClassHours(creditedMs: number, minutesPerClassHour: number): number {
  return Math.floor(((creditedMs + GRACE_MS) * 10) / (minutesPerClassHour * MINUTE)) / 10;
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/**
 * The class hours of a total over classes whose class hours differ in length: the unrounded quotients are
 * added in whole numbers and rounded down once, with the grace of the longest unit. Equal units give the
 * same as `toClassHours` of the sum. `minutesPerClassHour` are whole minutes.
 */
export function totalClassHours(
  rows: readonly { creditedMs: number; minutesPerClassHour: number }[],
): number {
  const units = rows.map((row) => row.minutesPerClassHour);
  if (units.length === 0) return 0;
  const common = units.reduce((a, b) => (a / divisor(a, b)) * b);
  const scaled = rows.reduce(
    (sum, row) => sum + row.creditedMs * (common / row.minutesPerClassHour),
    GRACE_MS * (common / Math.max(...units)),
  );
  return Math.floor((scaled * 10) / (common * MINUTE)) / 10;
}

const two = (value: number) => String(value).padStart(2, '0');

/** Exact time as h:mm:ss; a begun second is not shown. Corrections may leave a day below zero. */
export function formatExact(ms: number): string {
  if (ms < 0) return `−${formatExact(-ms)}`;
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** Exact time to the millisecond, h:mm:ss.mmm: what adds up to the last digit. */
export function formatExactMs(ms: number): string {
  return `${formatExact(ms)}.${String(Math.abs(ms) % 1000).padStart(3, '0')}`;
}
