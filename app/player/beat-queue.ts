import type { Beat, QueuedBeat } from './beat';

/** A stretch that was still open when it was last saved. */
export interface OpenStretch extends QueuedBeat {
  /** By the device's clock, epoch ms. */
  savedAt: number;
}

/**
 * Where beats wait until the server has answered for them, one queue per learner. A beat once added never
 * changes. `add` also forgets the open stretch of that session: both in one step, so that neither is counted
 * twice nor lost.
 */
export interface BeatQueue {
  add(learnerId: string, queued: QueuedBeat): Promise<void>;
  saveOpen(learnerId: string, stretch: OpenStretch): Promise<void>;
  forgetOpen(learnerId: string, sessionId: string): Promise<void>;
  /** All waiting beats of the learner, by session as they were opened, then by seq. */
  list(learnerId: string): Promise<QueuedBeat[]>;
  listOpen(learnerId: string): Promise<OpenStretch[]>;
  remove(learnerId: string, beats: readonly QueuedBeat[]): Promise<void>;
  /** Keeps a beat that the server cannot read out of the way, for whoever has to look into it. */
  setAside(learnerId: string, beats: readonly QueuedBeat[]): Promise<void>;
}

/** A queue that lives as long as the page: where the browser offers no database. */
export class MemoryBeatQueue implements BeatQueue {
  readonly #beats = new Map<string, { learnerId: string; queued: QueuedBeat }>();
  readonly #open = new Map<string, { learnerId: string; stretch: OpenStretch }>();

  async add(learnerId: string, queued: QueuedBeat): Promise<void> {
    this.#open.delete(`${learnerId} ${queued.sessionId}`);
    this.#beats.set(keyOf(learnerId, queued.sessionId, queued.beat), { learnerId, queued });
  }

  async saveOpen(learnerId: string, stretch: OpenStretch): Promise<void> {
    this.#open.set(`${learnerId} ${stretch.sessionId}`, { learnerId, stretch });
  }

  async forgetOpen(learnerId: string, sessionId: string): Promise<void> {
    this.#open.delete(`${learnerId} ${sessionId}`);
  }

  async list(learnerId: string): Promise<QueuedBeat[]> {
    return [...this.#beats.values()]
      .filter((entry) => entry.learnerId === learnerId)
      .map((entry) => entry.queued)
      .sort(inOrder);
  }

  async listOpen(learnerId: string): Promise<OpenStretch[]> {
    return [...this.#open.values()]
      .filter((entry) => entry.learnerId === learnerId)
      .map((entry) => entry.stretch);
  }

  async remove(learnerId: string, beats: readonly QueuedBeat[]): Promise<void> {
    for (const { sessionId, beat } of beats) this.#beats.delete(keyOf(learnerId, sessionId, beat));
  }

  async setAside(learnerId: string, beats: readonly QueuedBeat[]): Promise<void> {
    await this.remove(learnerId, beats);
  }
}

/** Session ids sort by the time of their opening. */
export function inOrder(a: QueuedBeat, b: QueuedBeat): number {
  if (a.sessionId !== b.sessionId) return a.sessionId < b.sessionId ? -1 : 1;
  return a.beat.seq - b.beat.seq;
}

function keyOf(learnerId: string, sessionId: string, beat: Beat): string {
  return `${learnerId} ${sessionId} ${beat.seq}`;
}
