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

/** A clock that stands still until it is moved: for tests and benches that study for days. */
export interface DrivenClock extends Clock {
  /** Moves time on by so many whole ms, 0 or more; returns the new time. */
  advance(byMs: number): number;
}

/** A clock that stands still at the later of the wall clock and `lastStoredAt` (ms). */
export function createDrivenClock(lastStoredAt = 0): DrivenClock {
  let at = Math.max(Date.now(), lastStoredAt);
  return {
    now: () => at,
    advance(byMs) {
      if (!Number.isInteger(byMs) || byMs < 0) throw new RangeError('Time does not run back.');
      at += byMs;
      return at;
    },
  };
}

export function isDriven(clock: Clock): clock is DrivenClock {
  return 'advance' in clock;
}
