import { SessionArrivals, type Arrival, type SentBeat } from './arrival';
import type { Beat } from './rule-set';

/** How far the stored beats of a session reach. */
export interface SessionReach {
  /** The largest n with 1..n all stored. */
  ackSeq: number;
  lastSeq: number;
  /** The latest wall end, ms since the client's zero. */
  wallToMs: number;
}

export const NOTHING_STORED: SessionReach = { ackSeq: 0, lastSeq: 0, wallToMs: 0 };

function reachOf(arrivals: SessionArrivals<Beat>, stored: readonly Beat[]): SessionReach {
  let { lastSeq, wallToMs } = NOTHING_STORED;
  for (const beat of stored) {
    lastSeq = Math.max(lastSeq, beat.seq);
    wallToMs = Math.max(wallToMs, beat.wallToMs);
  }
  return { ackSeq: arrivals.ackSeq(), lastSeq, wallToMs };
}

/** True when these beats, one after the other, all come after what is stored: none can repeat or overlap. */
export function comesAfter(reach: SessionReach, beats: readonly SentBeat[]): boolean {
  let { lastSeq, wallToMs } = reach;
  for (const beat of beats) {
    if (beat.seq <= lastSeq || beat.wallFromMs < wallToMs) return false;
    lastSeq = beat.seq;
    wallToMs = beat.wallToMs;
  }
  return true;
}

/**
 * Judges the arrivals of one session. With `stored` it looks at every stored beat; without, the caller has
 * made sure by `comesAfter` that nothing stored can matter.
 */
export class SessionLog {
  reach: SessionReach;
  private readonly arrivals: SessionArrivals<Beat> | undefined;
  private readonly bySeq = new Map<number, Beat>();

  constructor(reach: SessionReach, stored?: readonly Beat[]) {
    this.arrivals = stored && new SessionArrivals(stored);
    this.reach = this.arrivals ? reachOf(this.arrivals, stored ?? []) : reach;
    for (const beat of stored ?? []) this.bySeq.set(beat.seq, beat);
  }

  /** Answers what is to be done with the beat and, where it is new or a repeat, the beat as it is stored. */
  admit(sent: SentBeat, arrivedAt: number): { arrival: Arrival; stored?: Beat } {
    const beat: Beat = { arrivedAt, ...sent };
    const arrival = this.arrivals ? this.arrivals.admit(beat) : 'new';
    if (arrival === 'repeat') return { arrival, stored: this.bySeq.get(sent.seq)! };
    if (arrival !== 'new') return { arrival };
    this.bySeq.set(sent.seq, beat);
    const { ackSeq, lastSeq, wallToMs } = this.reach;
    this.reach = {
      ackSeq: this.arrivals?.ackSeq(ackSeq) ?? (sent.seq === ackSeq + 1 ? sent.seq : ackSeq),
      lastSeq: Math.max(lastSeq, sent.seq),
      wallToMs: Math.max(wallToMs, sent.wallToMs),
    };
    return { arrival, stored: beat };
  }
}
