import { intersectRanges, normaliseRanges, type Range } from './ranges';
import { boundsOfDay } from './platform-day';

/** From this moment on the enrollment has this status. */
export interface StatusFact {
  status: 'applied' | 'enrolled' | 'completed' | 'withdrawn';
  fromAt: number;
}

/** An enrollment that still stands counts without a known end; a bound JSON can carry. */
const FOREVER = Number.MAX_SAFE_INTEGER;

/**
 * When time can count: the class runs (both days included, in the platform's zone) and the enrollment is
 * enrolled or completed at that moment. Epoch ms. `statuses` in the order in which they came about.
 */
export function openIntervals(
  startsOn: string,
  endsOn: string,
  statuses: readonly StatusFact[],
  zone: string,
): Range[] {
  const running: Range = [boundsOfDay(startsOn, zone).fromAt, boundsOfDay(endsOn, zone).toAt];
  const enrolled = statuses.flatMap(({ status, fromAt }, index): Range[] =>
    status === 'enrolled' || status === 'completed'
      ? [[fromAt, statuses[index + 1]?.fromAt ?? FOREVER]]
      : [],
  );
  return intersectRanges(normaliseRanges([running]), normaliseRanges(enrolled));
}
