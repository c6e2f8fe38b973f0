import type { Beat } from './beat';

/** What the player looks like at one moment. Wall time is ms since the session's zero, by its monotonic clock. */
export interface Sample {
  wallMs: number;
  mediaMs: number;
  rate: number;
  /** Media is advancing: not paused, seeking, waiting for data or ended. */
  playing: boolean;
  /** The page is visible, or the video is in picture-in-picture. */
  visible: boolean;
}

/** What media may run ahead of the clock between two samples before it must have been a seek. */
const AHEAD_MS = 300;
/** What media may lag behind the clock between two samples before it must have been a stall. */
const BEHIND_MS = 1500;
/** A beat of its own this close to the end could hold no media at all where a position was misread. */
const LAST_MS = 1000;

/**
 * Turns samples of a player into beats: steady stretches of play, cut at every pause, stall, seek, change of
 * rate or of visibility, and every `beatEveryMs`; the last second of the lesson joins the beat before it. Beats never overlap and are numbered from 1 without gaps;
 * what was not sampled as playing on both sides is in no beat.
 */
export class BeatRecorder {
  #from: Sample | null = null;
  #last: Sample | null = null;
  #nextSeq = 1;
  readonly #beatEveryMs: number;
  readonly #durationMs: number;

  constructor(options: { beatEveryMs: number; durationMs: number }) {
    this.#beatEveryMs = options.beatEveryMs;
    this.#durationMs = options.durationMs;
  }

  /** Takes in how the player looks now; returns the beat that ended by it, if any. */
  sample(raw: Sample): Beat | null {
    const now = this.#whole(raw);
    const { from, last } = { from: this.#from, last: this.#last };
    if (!from || !last) {
      this.#begin(now);
      return null;
    }
    if (!follows(last, now)) {
      const ended = this.#end();
      this.#begin(now);
      return ended;
    }
    this.#last = now;
    const steady = now.playing && now.visible === from.visible && now.rate === from.rate;
    const isDue = now.wallMs - from.wallMs >= this.#beatEveryMs;
    const nearsEnd = this.#durationMs - now.mediaMs < LAST_MS;
    if (steady && (!isDue || nearsEnd)) return null;
    const ended = this.#end();
    this.#begin(now);
    return ended;
  }

  /** Ends the open stretch where it was last sampled; for clocks or positions that can no longer be trusted. */
  cut(): Beat | null {
    return this.#end();
  }

  /** The open stretch as the beat it would be if nothing followed. */
  openStretch(): Beat | null {
    if (!this.#from || !this.#last) return null;
    return toBeat(this.#nextSeq, this.#from, this.#last);
  }

  #begin(now: Sample): void {
    this.#from = this.#last = now.playing ? now : null;
  }

  #end(): Beat | null {
    const beat = this.openStretch();
    this.#from = this.#last = null;
    if (beat) this.#nextSeq += 1;
    return beat;
  }

  #whole(raw: Sample): Sample {
    const mediaMs = Math.min(this.#durationMs, Math.max(0, Math.floor(raw.mediaMs)));
    return { ...raw, wallMs: Math.max(0, Math.floor(raw.wallMs)), mediaMs };
  }
}

function follows(last: Sample, now: Sample): boolean {
  const expected = (now.wallMs - last.wallMs) * last.rate;
  const moved = now.mediaMs - last.mediaMs;
  return moved >= 0 && moved <= expected * 1.05 + AHEAD_MS && moved >= expected - BEHIND_MS;
}

function toBeat(seq: number, from: Sample, to: Sample): Beat | null {
  if (to.wallMs <= from.wallMs || to.mediaMs <= from.mediaMs) return null;
  return {
    seq,
    wallFromMs: from.wallMs,
    wallToMs: to.wallMs,
    mediaFromMs: from.mediaMs,
    mediaToMs: to.mediaMs,
    visible: from.visible,
  };
}
