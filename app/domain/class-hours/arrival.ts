import type { Beat, Refusal } from './rule-set';

/** What is to be done with a beat that arrives: store it, or refuse it whole as stored time stands. */
export type Arrival = 'new' | 'repeat' | 'overlap' | 'conflict';

/** A beat as the client sends it. */
export type SentBeat = Omit<Beat, 'arrivedAt'>;

/** True when both say the same; the moment of arrival is no part of what a beat says. */
export function saysTheSame(a: SentBeat, b: SentBeat): boolean {
  return (
    a.seq === b.seq &&
    a.wallFromMs === b.wallFromMs &&
    a.wallToMs === b.wallToMs &&
    a.mediaFromMs === b.mediaFromMs &&
    a.mediaToMs === b.mediaToMs &&
    a.visible === b.visible
  );
}

/** True when two beats of one session claim a common millisecond. An empty beat overlaps nothing. */
export function overlapInWall(a: SentBeat, b: SentBeat): boolean {
  return Math.max(a.wallFromMs, b.wallFromMs) < Math.min(a.wallToMs, b.wallToMs);
}

/**
 * Judges a beat against what its session has stored (docs/class-hours.md, *overlap*): the first stored stands. `repeat`
 * is the same beat again and changes nothing; `conflict` brings a stored seq with other content; both it and
 * `overlap` are refused whole. `stored` may be any part of the session's beats that has the one with the same
 * seq and those that overlap. The beats of one request are judged one after the other, in the order sent.
 */
export function judgeArrival(stored: readonly SentBeat[], incoming: SentBeat): Arrival {
  const known = stored.find((beat) => beat.seq === incoming.seq);
  if (known) return saysTheSame(known, incoming) ? 'repeat' : 'conflict';
  return stored.some((beat) => overlapInWall(beat, incoming)) ? 'overlap' : 'new';
}

/** The refusal of a beat that is not stored: all of its time. */
export function refusedWhole(beat: SentBeat): Refusal {
  return { clause: 'overlap', ms: beat.wallToMs - beat.wallFromMs };
}

/** The stored beats of one session, kept so that many arrivals are judged quickly. */
export class SessionArrivals<B extends SentBeat = SentBeat> {
  private readonly bySeq = new Map<number, B>();
  /** Not empty, sorted by wall time; they never overlap. */
  private readonly inWallOrder: B[] = [];

  constructor(stored: readonly B[] = []) {
    for (const beat of stored) this.admit(beat);
  }

  /** As `judgeArrival`, in logarithmic time. */
  judge(incoming: SentBeat): Arrival {
    const known = this.bySeq.get(incoming.seq);
    if (known) return saysTheSame(known, incoming) ? 'repeat' : 'conflict';
    const next = this.inWallOrder[this.firstEndingAfter(incoming.wallFromMs)];
    return next && overlapInWall(next, incoming) ? 'overlap' : 'new';
  }

  /** Judges, and keeps the beat when it is new. */
  admit(incoming: B): Arrival {
    const arrival = this.judge(incoming);
    if (arrival !== 'new') return arrival;
    this.bySeq.set(incoming.seq, incoming);
    if (incoming.wallToMs > incoming.wallFromMs) {
      this.inWallOrder.splice(this.firstEndingAfter(incoming.wallFromMs), 0, incoming);
    }
    return arrival;
  }

  /** The largest n with 1..n all stored, counted on from `acknowledged`. */
  ackSeq(acknowledged = 0): number {
    let seq = acknowledged;
    while (this.bySeq.has(seq + 1)) seq++;
    return seq;
  }

  private firstEndingAfter(wallMs: number): number {
    let low = 0;
    let high = this.inWallOrder.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.inWallOrder[middle]!.wallToMs <= wallMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
