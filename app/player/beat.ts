/** Evidence as the contract wants it: between these moments since the session's zero, this range was played. */
export interface Beat {
  seq: number;
  wallFromMs: number;
  wallToMs: number;
  mediaFromMs: number;
  mediaToMs: number;
  visible: boolean;
}

/** A beat in the queue of one watch session. */
export interface QueuedBeat {
  sessionId: string;
  beat: Beat;
}

/** The time a beat tells of, in ms. */
export function beatLength(beat: Beat): number {
  return beat.wallToMs - beat.wallFromMs;
}
