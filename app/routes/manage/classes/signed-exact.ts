import { formatExact } from '~/domain/class-hours/figures';

/** A difference as +h:mm:ss, −h:mm:ss or 0:00:00. */
export function signedExact(ms: number): string {
  if (ms === 0) return formatExact(0);
  return `${ms > 0 ? '+' : '−'}${formatExact(Math.abs(ms))}`;
}
