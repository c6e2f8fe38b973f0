/** One stretch of play: media and wall time in ms, in the order of its session. */
export interface Stretch {
  mediaFromMs: number;
  mediaToMs: number;
  wallFromMs: number;
  wallToMs: number;
}

/** One player opened by one viewer; its stretches in order. */
export interface Viewing {
  viewer: string;
  stretches: readonly Stretch[];
}

/** One slice of a lesson, in the order of time. */
export interface InterestSlice {
  fromMs: number;
  toMs: number;
  /** Viewers who saw at least half of it. */
  viewers: number;
  /** How often it was played beyond once for each of them, in wholes and parts. */
  again: number;
  pauses: number;
  leaves: number;
}

/** Shorter than this, a stop is a stall or a slip of the finger. */
const PAUSE_MS = 3000;
/** Where media goes on this near to where it stopped, it was no seek. */
const SAME_PLACE_MS = 1000;
/** Who stops in the last part has seen it all. */
const END_SHARE = 0.95;

/**
 * Where a lesson is played again, paused and left, slice by slice. Viewings are given oldest first; a viewer leaves
 * where their last one stopped, unless that was at the end.
 */
export function sumInterest(
  viewings: readonly Viewing[],
  durationMs: number,
  slices: number,
): InterestSlice[] {
  const width = durationMs / slices;
  const at = (ms: number) => Math.min(slices - 1, Math.max(0, Math.floor(ms / width)));
  const played = new Map<string, Float64Array>();
  const pauses = new Array<number>(slices).fill(0);
  const leaves = new Array<number>(slices).fill(0);
  const left = new Map<string, number>();
  for (const { viewer, stretches } of viewings) {
    const own = played.get(viewer) ?? new Float64Array(slices);
    played.set(viewer, own);
    stretches.forEach((stretch, n) => {
      addOverlap(own, stretch, width);
      const next = stretches[n + 1];
      if (!next) left.set(viewer, stretch.mediaToMs);
      else if (isPause(stretch, next)) pauses[at(stretch.mediaToMs)]! += 1;
    });
  }
  for (const ms of left.values()) if (ms < END_SHARE * durationMs) leaves[at(ms)]! += 1;
  return Array.from({ length: slices }, (_, n) => {
    let viewers = 0;
    let again = 0;
    for (const own of played.values()) {
      const times = (own[n] ?? 0) / width;
      if (times >= 0.5) viewers += 1;
      again += Math.max(0, times - 1);
    }
    return {
      fromMs: Math.round(n * width),
      toMs: Math.round((n + 1) * width),
      viewers,
      again: Math.round(again * 10) / 10,
      pauses: pauses[n] ?? 0,
      leaves: leaves[n] ?? 0,
    };
  });
}

function isPause(stretch: Stretch, next: Stretch): boolean {
  return (
    next.wallFromMs - stretch.wallToMs >= PAUSE_MS &&
    Math.abs(next.mediaFromMs - stretch.mediaToMs) <= SAME_PLACE_MS
  );
}

function addOverlap(own: Float64Array, stretch: Stretch, width: number): void {
  const first = Math.floor(stretch.mediaFromMs / width);
  const last = Math.min(own.length - 1, Math.floor(stretch.mediaToMs / width));
  for (let n = first; n <= last; n += 1) {
    const from = Math.max(stretch.mediaFromMs, n * width);
    const to = Math.min(stretch.mediaToMs, (n + 1) * width);
    if (to > from) own[n]! += to - from;
  }
}

/** The slice where most happens, where anything happens at all. */
export function peakOf(
  slices: readonly InterestSlice[],
  of: 'again' | 'pauses' | 'leaves',
): InterestSlice | undefined {
  const peak = slices.reduce<InterestSlice | undefined>(
    (best, slice) => (slice[of] > (best?.[of] ?? 0) ? slice : best),
    undefined,
  );
  return peak && peak[of] >= (of === 'again' ? 0.5 : 1) ? peak : undefined;
}
