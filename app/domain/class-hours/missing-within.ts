import type { Range, Ranges } from './ranges';

/** What of `[from, to)` the coverage leaves open; sorted, in ms. */
export function missingWithin(coverage: Ranges, from: number, to: number): Range[] {
  const missing: Range[] = [];
  let at = from;
  for (const [coveredFrom, coveredTo] of coverage) {
    if (coveredTo <= at) continue;
    if (coveredFrom >= to) break;
    if (coveredFrom > at) missing.push([at, coveredFrom]);
    at = Math.max(at, coveredTo);
  }
  if (at < to) missing.push([at, to]);
  return missing;
}
