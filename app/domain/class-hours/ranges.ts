/** A half-open range `[from, to)` of whole milliseconds. */
export type Range = readonly [from: number, to: number];

/** Ranges that are sorted, not empty, and neither overlap nor touch. */
export type Ranges = readonly Range[];

/** The first index whose range ends at or after `at`: the first one that a range from `at` on can meet or touch. */
function firstReaching(ranges: Ranges, at: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ranges[middle]![1] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Adds `[from, to)` to a coverage list of the caller's own, in place, and returns the milliseconds that
 * were not in it before. Ranges that touch become one; an empty range changes nothing.
 */
export function insertRange(ranges: Range[], from: number, to: number): number {
  if (to <= from) return 0;
  const first = firstReaching(ranges, from);
  let last = first;
  let [start, end] = [from, to];
  let known = 0;
  for (; last < ranges.length && ranges[last]![0] <= to; last++) {
    const [knownFrom, knownTo] = ranges[last]!;
    known += Math.max(0, Math.min(to, knownTo) - Math.max(from, knownFrom));
    start = Math.min(start, knownFrom);
    end = Math.max(end, knownTo);
  }
  ranges.splice(first, last - first, [start, end]);
  return to - from - known;
}

/** Sorts, drops empty ranges and joins those that overlap or touch. */
export function normaliseRanges(ranges: readonly Range[]): Range[] {
  const normal: Range[] = [];
  for (const [from, to] of ranges) insertRange(normal, from, to);
  return normal;
}

/** What lies in both lists. */
export function intersectRanges(left: Ranges, right: Ranges): Range[] {
  const both: Range[] = [];
  for (let l = 0, r = 0; l < left.length && r < right.length;) {
    const [leftFrom, leftTo] = left[l]!;
    const [rightFrom, rightTo] = right[r]!;
    insertRange(both, Math.max(leftFrom, rightFrom), Math.min(leftTo, rightTo));
    if (leftTo < rightTo) l++;
    else r++;
  }
  return both;
}

/** What lies in the first list and not in the second. */
export function subtractRanges(ranges: Ranges, without: Ranges): Range[] {
  const gaps: Range[] = [];
  let from = -Infinity;
  for (const [start, end] of without) {
    if (start > from) gaps.push([from, start]);
    from = end;
  }
  if (from < Infinity) gaps.push([from, Infinity]);
  return intersectRanges(ranges, gaps);
}

/** True when `[from, to)` shares a millisecond with one of the ranges; an empty range shares none. */
export function meetsRanges(ranges: Ranges, from: number, to: number): boolean {
  const next = ranges[firstReaching(ranges, from + 1)];
  return to > from && next !== undefined && next[0] < to;
}

/** The milliseconds in all ranges together. */
export function totalLength(ranges: Ranges): number {
  let total = 0;
  for (const [from, to] of ranges) total += to - from;
  return total;
}

/** The text a coverage list is stored as: `[[from,to],...]`. */
export function serialiseRanges(ranges: Ranges): string {
  return JSON.stringify(ranges);
}

function asRange(entry: unknown): Range {
  const [from, to] = Array.isArray(entry) && entry.length === 2 ? (entry as unknown[]) : [];
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) {
    throw new TypeError('A range is two whole numbers of milliseconds.');
  }
  return [from as number, to as number];
}

/** Reads what `serialiseRanges` wrote. Throws for any other text: a damaged total must not be built upon. */
export function parseRanges(text: string): Range[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new TypeError('A coverage list is a list of ranges.');
  const ranges = parsed.map(asRange);
  const sound = ranges.every(([from, to], i) => from < to && (i === 0 || ranges[i - 1]![1] < from));
  if (!sound) throw new TypeError('Ranges are sorted, apart and not empty.');
  return ranges;
}
