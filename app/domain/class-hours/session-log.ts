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
  private readonly known: { arrivals: SessionArrivals<Beat>; bySeq: Map<number, Beat> } | undefined;

  constructor(reach: SessionReach, stored?: readonly Beat[]) {
    this.reach = reach;
    if (!stored) return;
    const arrivals = new SessionArrivals(stored);
    this.reach = reachOf(arrivals, stored);
    this.known = { arrivals, bySeq: new Map(stored.map((beat) => [beat.seq, beat])) };
  }

  /** Answers what is to be done with the beat and, where it is new or a repeat, the beat as it is stored. */
  admit(sent: SentBeat, arrivedAt: number): { arrival: Arrival; stored?: Beat } {
    const { seq, wallFromMs, wallToMs, mediaFromMs, mediaToMs, visible } = sent;
    const beat: Beat = { seq, wallFromMs, wallToMs, mediaFromMs, mediaToMs, visible, arrivedAt };
    if (this.known) {
      const { arrivals, bySeq } = this.known;
      const arrival = arrivals.admit(beat);
      if (arrival === 'repeat') return { arrival, stored: bySeq.get(seq)! };
      if (arrival !== 'new') return { arrival };
      bySeq.set(seq, beat);
    }
    const { ackSeq, lastSeq } = this.reach;
    const next = seq === ackSeq + 1 ? seq : ackSeq;
    this.reach = {
      ackSeq: this.known ? this.known.arrivals.ackSeq(ackSeq) : next,
      lastSeq: Math.max(lastSeq, seq),
      wallToMs: Math.max(this.reach.wallToMs, wallToMs),
    };
    return { arrival: 'new', stored: beat };
  }
}
