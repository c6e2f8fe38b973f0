/** Server time in ms since 1970 UTC. */
export interface Clock {
  /** Never runs back within a run, nor across restarts when started with the last stored moment. */
  now(): number;
}

const LARGEST_QUIET_LAG_MS = 2_000;

/**
 * A clock that counts on the machine's monotonic timer from the later of the wall clock and
 * `lastStoredAt` (ms). When the wall clock gets ahead by more than 2 s (a sleeping laptop, whose
 * monotonic timer stood still), it moves forward to it; it never moves back.
 */
export function createClock(lastStoredAt = 0): Clock {
  let base = Math.max(Date.now(), lastStoredAt) - performance.now();
  return {
    now() {
      const counted = base + performance.now();
      const wall = Date.now();
      if (wall - counted > LARGEST_QUIET_LAG_MS) base += wall - counted;
      return Math.floor(base + performance.now());
    },
  };
}
