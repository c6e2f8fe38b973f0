import type { Outcome, PresenceCheck, PresenceJudged } from './watch-api';

/** How a presence check stands on the screen. */
export interface ShownPresence {
  check: PresenceCheck;
  /** `wrong`: another question comes in a moment; `failed`: the answer did not reach the server. */
  state: 'asked' | 'answering' | 'wrong' | 'failed';
}

interface Surroundings {
  answer(sessionId: string, checkId: string, option: string): Promise<Outcome<PresenceJudged>>;
  /** Calls back after so many ms, once. */
  after(ms: number, work: () => void): void;
  onChange(shown: ShownPresence | null): void;
  /** Passed, here or elsewhere: playing goes on. */
  onPassed(): void;
}

/** The presence check of one page: shown until it is passed, whatever brought it. */
export class Presence {
  readonly #around: Surroundings;
  #sessionId = '';
  #shown: ShownPresence | null = null;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  get asked(): boolean {
    return this.#shown !== null;
  }

  /** What a contact of the session brought; null while none is open, and between two questions. */
  bring(sessionId: string, check: PresenceCheck | null): void {
    this.#sessionId = sessionId;
    const state = this.#shown?.state;
    if (state === 'answering' || state === 'wrong') return;
    if (check) {
      const same = this.#shown?.check.id === check.id;
      if (!same) this.#set({ check, state: 'asked' });
    } else if (this.#shown) this.#passed();
  }

  async answer(option: string): Promise<void> {
    const shown = this.#shown;
    if (!shown || shown.state === 'answering' || shown.state === 'wrong') return;
    this.#set({ ...shown, state: 'answering' });
    const outcome = await this.#around.answer(this.#sessionId, shown.check.id, option);
    if (!outcome.ok) {
      // Already passed on another device, or no longer open: there is nothing left to answer.
      const { kind } = outcome.failure;
      if (kind === 'not-open' || kind === 'not-found') return this.#passed();
      return this.#set({ ...shown, state: 'failed' });
    }
    const { passed, presenceCheck, retryAfterMs } = outcome.value;
    if (passed || !presenceCheck) return this.#passed();
    this.#set({ ...shown, state: 'wrong' });
    this.#around.after(retryAfterMs ?? 0, () =>
      this.#set({ check: presenceCheck, state: 'asked' }),
    );
  }

  /** Takes the check off the screen; nothing is played. */
  dismiss(): void {
    if (this.#shown) this.#set(null);
  }

  #passed(): void {
    this.#set(null);
    this.#around.onPassed();
  }

  #set(shown: ShownPresence | null): void {
    this.#shown = shown;
    this.#around.onChange(shown);
  }
}
