import type { QueuedBeat } from './beat';
import type { BeatQueue } from './beat-queue';
import type { BeatsAnswer, Failure, WatchApi } from './watch-api';

const LARGEST_BATCH = 200;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** How sending goes: `sent` has nothing left that could be sent now. */
export type SenderState = 'sent' | 'sending' | 'waiting' | 'signed-out' | 'set-aside';

export interface SenderEvents {
  onAnswer: (sessionId: string, answer: BeatsAnswer, beats: readonly QueuedBeat[]) => void;
  onState: (state: SenderState) => void;
}

type Step = { done: true } | { done: false; waitMs: number } | 'stop';

/**
 * Empties one learner's queue into the server, oldest session first, in order, at most 200 beats at a time.
 * A beat leaves the queue when a request with it was answered; without a line it waits, longer each time.
 * Sending twice does no harm: the server knows each beat by session and seq.
 */
export class BeatSender {
  readonly #learnerId: string;
  readonly #queue: BeatQueue;
  readonly #api: Pick<WatchApi, 'send'>;
  readonly #events: SenderEvents;
  /** Sessions that are not this account's: kept for their owner. */
  readonly #foreign = new Set<string>();
  #batchSize = LARGEST_BATCH;
  #waitMs = FIRST_WAIT_MS;
  #running: Promise<void> | null = null;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    learnerId: string,
    queue: BeatQueue,
    api: Pick<WatchApi, 'send'>,
    events: SenderEvents,
  ) {
    this.#learnerId = learnerId;
    this.#queue = queue;
    this.#api = api;
    this.#events = events;
  }

  /** Sends what waits, now; resolves when there is nothing left to do until later. */
  send(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    this.#events.onState('sending');
    for (;;) {
      this.#again = false;
      const batch = await this.#nextBatch();
      if (batch.length === 0) {
        if (this.#again) continue;
        return this.#events.onState('sent');
      }
      const step = await this.#sendBatch(batch);
      if (step === 'stop') return;
      if (step.done) {
        this.#waitMs = FIRST_WAIT_MS;
        continue;
      }
      this.#events.onState('waiting');
      this.#timer = setTimeout(() => void this.send(), step.waitMs);
      return;
    }
  }

  async #nextBatch(): Promise<QueuedBeat[]> {
    const all = await this.#queue.list(this.#learnerId);
    const waiting = all.filter((queued) => !this.#foreign.has(queued.sessionId));
    const sessionId = waiting[0]?.sessionId;
    return waiting.filter((q) => q.sessionId === sessionId).slice(0, this.#batchSize);
  }

  async #sendBatch(batch: QueuedBeat[]): Promise<Step> {
    const sessionId = batch[0]!.sessionId;
    const outcome = await this.#api.send(
      sessionId,
      batch.map((queued) => queued.beat),
    );
    if (!outcome.ok) return this.#afterFailure(outcome.failure, batch);
    await this.#queue.remove(this.#learnerId, batch);
    this.#events.onAnswer(sessionId, outcome.value, batch);
    return { done: true };
  }

  async #afterFailure(failure: Failure, batch: QueuedBeat[]): Promise<Step> {
    switch (failure.kind) {
      case 'signed-out':
        this.#events.onState('signed-out');
        return 'stop';
      case 'not-found':
        this.#foreign.add(batch[0]!.sessionId);
        return { done: true };
      case 'refused': {
        await this.#queue.setAside(this.#learnerId, named(failure.pointers, batch));
        this.#events.onState('set-aside');
        return { done: true };
      }
      case 'too-large':
        if (batch.length === 1) await this.#queue.setAside(this.#learnerId, batch);
        this.#batchSize = Math.max(1, Math.floor(batch.length / 2));
        return { done: true };
      case 'too-many':
        return { done: false, waitMs: failure.retryAfterMs };
      case 'unavailable':
        return { done: false, waitMs: failure.retryAfterMs ?? this.#backOff() };
      default:
        return { done: false, waitMs: this.#backOff() };
    }
  }

  #backOff(): number {
    const waitMs = this.#waitMs;
    this.#waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
    return waitMs;
  }
}

/** The beats that pointers such as `/beats/3/seq` name; the first one where none does, so that the rest moves on. */
function named(pointers: readonly string[], batch: readonly QueuedBeat[]): QueuedBeat[] {
  const indexes = new Set(pointers.map((p) => /^\/beats\/(\d+)(?:\/|$)/.exec(p)?.[1]));
  const found = batch.filter((_, index) => indexes.has(String(index)));
  return found.length > 0 ? found : batch.slice(0, 1);
}
