/** Server time in ms since 1970 UTC. */
export interface Clock {
  /** Never runs back within a run, nor across restarts when started with the last stored moment. */
  now(): number;
  /** Moves on to a moment that evidence carries, ms: another clock was ahead, and time does not run back behind it. */
  reach?(at: number): void;
}

/** What a clock is made of: a wall clock that may be set, in epoch ms, and a timer that only counts on, in ms. */
export interface Timers {
  wall(): number;
  monotonic(): number;
}

const machine: Timers = { wall: () => Date.now(), monotonic: () => performance.now() };

/** Timers whose wall clock is another's: it said `wallMs` just now. */
export function timersFrom(wallMs: number): Timers {
  const offset = wallMs - performance.now();
  return { wall: () => offset + performance.now(), monotonic: () => performance.now() };
}

const LARGEST_QUIET_LAG_MS = 2_000;

/**
 * A clock that counts on the machine's monotonic timer from the later of the wall clock and
 * `lastStoredAt` (ms). When the wall clock gets ahead by more than 2 s (a sleeping laptop, whose
 * monotonic timer stood still), it moves forward to it; it never moves back.
 */
export function createClock(lastStoredAt = 0, timers: Timers = machine): Clock {
  let base = Math.max(timers.wall(), lastStoredAt) - timers.monotonic();
  return {
    now() {
      const counted = base + timers.monotonic();
      const wall = timers.wall();
      if (wall - counted > LARGEST_QUIET_LAG_MS) base += wall - counted;
      return Math.floor(base + timers.monotonic());
    },
    reach(at) {
      base = Math.max(base, at - timers.monotonic());
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
